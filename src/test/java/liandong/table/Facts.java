package liandong.table;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.Category;
import liandong.incident.Choice;
import liandong.incident.EventClass;
import liandong.incident.EventType;
import liandong.incident.Level;
import liandong.incident.Matter;
import liandong.incident.MatterKind;
import liandong.incident.Nature;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.Source;
import liandong.incident.Topic;
import liandong.incident.Urgency;
import liandong.incident.Vocabulary;
import org.jspecify.annotations.Nullable;

/** The few words the tests speak in, named by their role, and reports made of them. */
public final class Facts {
    public static final Category SAFETY = new Category("SAFETY", "安全");
    public static final Category LIFE = new Category("LIFE", "生活");
    public static final EventClass PUBLIC = new EventClass("PUBLIC", "公共");
    public static final Topic ROADS = new Topic("ROADS", "道路");
    public static final Topic NEIGHBOURS = new Topic("NEIGHBOURS", "邻里");

    public static final EventType HOLE = new EventType("HOLE", "路面坑洞", SAFETY, PUBLIC, ROADS, MatterKind.EVENT, false);
    public static final EventType LID =
            new EventType("LID", "井盖破损", SAFETY, PUBLIC, ROADS, MatterKind.COMPONENT, false);
    public static final EventType OTHER_ROAD =
            new EventType("OTHER_ROAD", "其他道路问题", SAFETY, PUBLIC, ROADS, MatterKind.EVENT, true);
    public static final EventType QUARREL =
            new EventType("QUARREL", "邻里纠纷", LIFE, PUBLIC, NEIGHBOURS, MatterKind.EVENT, false);

    public static final Source GRID = new Source("GRID", "网格员");
    public static final Source HOTLINE = new Source("HOTLINE", "热线");

    public static final Nature REQUEST = new Nature("REQUEST", "求助");
    public static final Nature QUESTION = new Nature("QUESTION", "咨询");

    public static final Level DISTRICT_LEVEL = new Level("DISTRICT", "区", 1);
    public static final Level SUB_DISTRICT_LEVEL = new Level("SUB_DISTRICT", "街道", 2);
    public static final Level COMMUNITY_LEVEL = new Level("COMMUNITY", "社区", 3);

    public static final Area DISTRICT = new Area("330102", "本区", DISTRICT_LEVEL, null);
    public static final Area EAST = new Area("330102001", "东街道", SUB_DISTRICT_LEVEL, DISTRICT);
    public static final Area EAST_MARKET = new Area("330102001001", "东市社区", COMMUNITY_LEVEL, EAST);
    public static final Area EAST_HILL = new Area("330102001002", "东山社区", COMMUNITY_LEVEL, EAST);
    public static final Area WEST = new Area("330102002", "西街道", SUB_DISTRICT_LEVEL, DISTRICT);
    public static final Area WEST_LAKE = new Area("330102002001", "西湖社区", COMMUNITY_LEVEL, WEST);

    public static final Body LEAD = new Body("LEAD", "主办局", BodyKind.DEPARTMENT);
    public static final Body HELPER = new Body("HELPER", "协办局", BodyKind.DEPARTMENT);
    public static final Body PLATFORM = new Body("PLATFORM", "水务公司", BodyKind.PLATFORM);
    public static final Body COMMUNITY = new Body("COMMUNITY", "属地社区", BodyKind.COMMUNITY);
    public static final Body SUB_DISTRICT = new Body("SUB_DISTRICT", "属地街道", BodyKind.SUB_DISTRICT);
    public static final Body MEETING = new Body("MEETING", "道路联席会议", BodyKind.CONFERENCE);
    public static final Body LINE = new Body("LINE", "急救专线", BodyKind.EMERGENCY);

    public static final Severity SMALL = new Severity("SMALL", "一般", 1);
    public static final Severity GRAVE = new Severity("GRAVE", "重大", 2);
    public static final Urgency NORMAL = new Urgency("NORMAL", "普通", 1);
    public static final Urgency URGENT = new Urgency("URGENT", "紧急", 2);

    public static final Vocabulary VOCABULARY = Vocabulary.empty()
            .with(Category.class, List.of(SAFETY, LIFE))
            .with(EventClass.class, List.of(PUBLIC))
            .with(Topic.class, List.of(ROADS, NEIGHBOURS))
            .with(EventType.class, List.of(HOLE, LID, OTHER_ROAD, QUARREL))
            .with(Source.class, List.of(GRID, HOTLINE))
            .with(Nature.class, List.of(REQUEST, QUESTION))
            .with(Level.class, List.of(DISTRICT_LEVEL, SUB_DISTRICT_LEVEL, COMMUNITY_LEVEL))
            .with(Area.class, List.of(DISTRICT, EAST, EAST_MARKET, EAST_HILL, WEST, WEST_LAKE))
            .with(Body.class, List.of(LEAD, HELPER, PLATFORM, COMMUNITY, SUB_DISTRICT, MEETING, LINE))
            .with(Severity.class, List.of(SMALL, GRAVE))
            .with(Urgency.class, List.of(NORMAL, URGENT));

    private Facts() {}

    /** A report from the grid in the market community of the east, in which nothing else is said. */
    public static Draft report() {
        return new Draft();
    }

    /** A report while it is being written. */
    public static final class Draft {
        private Source source = GRID;
        private Area area = EAST_MARKET;
        private String text = "";
        private @Nullable EventType eventType;
        private @Nullable Category category;
        private @Nullable Nature nature;
        private @Nullable Choice choice;
        private boolean residentsOnly;
        private boolean settled;
        private boolean lifeInDanger;
        private boolean elsewhere;
        private @Nullable String sameAs;
        private int deaths;
        private int people;
        private BigDecimal loss = BigDecimal.ZERO;

        private Draft() {}

        public Draft from(Source its) {
            source = its;
            return this;
        }

        public Draft in(Area its) {
            area = its;
            return this;
        }

        public Draft saying(String its) {
            text = its;
            return this;
        }

        public Draft about(EventType its) {
            eventType = its;
            return this;
        }

        public Draft within(Category its) {
            category = its;
            return this;
        }

        public Draft wanting(Nature its) {
            nature = its;
            return this;
        }

        /** A person has decided what it is about, and who leads. */
        public Draft chosen(@Nullable EventType its, @Nullable Body lead) {
            choice = new Choice(LEAD, its, lead, List.of(), "核实");
            return this;
        }

        public Draft residentsOnly() {
            residentsOnly = true;
            return this;
        }

        public Draft settled() {
            settled = true;
            return this;
        }

        public Draft lifeInDanger() {
            lifeInDanger = true;
            return this;
        }

        public Draft elsewhere() {
            elsewhere = true;
            return this;
        }

        public Draft sameAs(String its) {
            sameAs = its;
            return this;
        }

        public Draft deaths(int its) {
            deaths = its;
            return this;
        }

        public Draft people(int its) {
            people = its;
            return this;
        }

        public Draft loss(String its) {
            loss = new BigDecimal(its);
            return this;
        }

        public Report done() {
            return new Report(
                    "SC-1",
                    OffsetDateTime.parse("2026-11-20T16:00:00+08:00"),
                    source,
                    area,
                    text,
                    eventType,
                    category,
                    residentsOnly,
                    settled,
                    lifeInDanger,
                    elsewhere,
                    sameAs,
                    deaths,
                    0,
                    loss,
                    people,
                    0,
                    null,
                    null,
                    nature,
                    choice);
        }

        public Matter matter() {
            return Matter.of(done());
        }
    }
}
