package liandong.web;

import java.io.InputStream;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liandong.decision.Decision;
import liandong.decision.RuledRow;
import liandong.decision.VocabularyJson;
import liandong.incident.Bounds;
import liandong.incident.Member;
import liandong.journal.Archive;
import liandong.journal.DecisionJson;
import liandong.journal.DecisionJson.Whole;
import liandong.keyed.IdempotencyKey;
import liandong.meaning.Meaning;
import liandong.open311.Discovery;
import liandong.open311.GeoReportError;
import liandong.open311.Given;
import liandong.open311.Service;
import liandong.open311.ServiceDefinition;
import liandong.open311.ServiceRequest;
import liandong.openapi.Content;
import liandong.openapi.OpenApiDocument.Tag;
import liandong.openapi.Operation;
import liandong.openapi.Parameter;
import liandong.problem.Code;
import liandong.publication.PolicyDiff;
import liandong.publication.PolicyJson;
import liandong.quality.QualityReport;
import liandong.scenario.TestReportJson;
import liandong.scenario.WhyNotAnswer;
import liandong.wire.CheckJson;
import org.jspecify.annotations.Nullable;

/** What callers read of each route in the OpenAPI document. */
final class Operations {
    private static final String DECIDE = "decisions";
    private static final String JOURNAL = "journal";
    private static final String TRY = "trials";
    private static final String POLICIES = "policies";
    private static final String SERVICE = "service";
    private static final String OPEN311 = "open311";

    static final List<Tag> TAGS = List.of(
            new Tag(DECIDE, "What is to be done (决策)"),
            new Tag(JOURNAL, "What was decided, found again (决策日志)"),
            new Tag(TRY, "Workbooks and scenarios, tried without consequences (检查与情景测试)"),
            new Tag(POLICIES, "How a policy goes live (政策)"),
            new Tag(OPEN311, "Open311 GeoReport v2, for applications that speak it (市民应用)"),
            new Tag(SERVICE, "The service itself (服务)"));

    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String ZIP = "application/zip";

    /** What may be wrong with a workbook before its cells are looked at. */
    private static final Set<Code> CONTAINER = EnumSet.range(Code.UNREADABLE_WORKBOOK, Code.TOO_LONG_CELL);

    /** Why a text may be no JSON that is read. */
    private static final Set<Code> UNREADABLE =
            EnumSet.of(Code.BAD_JSON, Code.JSON_TOO_DEEP, Code.NUMBER_TOO_LONG, Code.NAME_TOO_LONG, Code.NOT_UTF_8);

    /** Why a body may be none that is read. */
    private static final Set<Code> UNSUPPORTED = EnumSet.of(
            Code.UNSUPPORTED_MEDIA_TYPE, Code.MISSING_MEDIA_TYPE, Code.UNSUPPORTED_CHARSET, Code.CONTENT_ENCODING);

    private Operations() {}

    /** The parts of a form that a workbook or policy is checked in. */
    record CheckForm(
            @Member(meaning = "an .xlsx workbook, or a .zip of a policy folder; at most 16 MiB")
            InputStream file) {}

    /** The parts of a form that something is put into a policy in. */
    record PolicyForm(
            @Member(meaning = "a .zip of a policy folder, or one .xlsx workbook; at most 16 MiB")
            InputStream file,

            @Member(
                    meaning = "what to call the policy; as before, or as the file is called, when left out",
                    example = "\"2026-12\"")
            @Nullable
            String label,

            @Member(
                    meaning =
                            "into a policy that is there, the hash of the content that it takes the place of; needed when"
                                    + " somebody else put that, so that nothing is lost unseen",
                    example = PolicyJson.HASH)
            @Nullable
            String over) {}

    /** What a request of Open311 says. */
    record ServiceRequestForm(
            @Member(
                    name = "service_code",
                    meaning = "the code of the service, of the list of services",
                    example = "\"STREET_LIGHT\"")
            String serviceCode,

            @Member(
                    name = "api_key",
                    meaning = "the caller's key, unless it stands in Authorization",
                    example = "\"ld_0123456789\"")
            @Nullable
            String apiKey,

            @Member(
                    name = "jurisdiction_id",
                    meaning = "the code or label of the widest area; may be left out",
                    example = "\"330102\"")
            @Nullable
            String jurisdictionId,

            @Member(
                    name = "address_string",
                    meaning = "where, in words: this, address_id, or lat and long; at most 500 characters",
                    example = "\"清波门社区河坊街1号\"")
            @Nullable
            String addressString,

            @Member(name = "address_id", meaning = "the code or label of the area", example = "\"330102001051\"")
            @Nullable
            String addressId,

            @Member(name = "lat", meaning = "latitude in WGS84, with long", example = "\"30.246\"") @Nullable
            String latitude,

            @Member(name = "long", meaning = "longitude in WGS84, with lat", example = "\"120.169\"") @Nullable
            String longitude,

            @Member(meaning = "the report, at most 4,000 characters", example = "\"路口的路灯不亮\"") @Nullable
            String description,

            @Member(
                    name = "media_url",
                    meaning = "the address of a picture, at most 2,000 characters",
                    example = "\"https://example.org/1.jpg\"")
            @Nullable
            String mediaUrl,

            @Member(name = "account_id", meaning = "given back as it was sent, and not kept", example = "\"123456\"")
            @Nullable
            String accountId,

            @Member(meaning = "passed over: not kept", example = "\"wang@example.org\"") @Nullable
            String email,

            @Member(name = "device_id", meaning = "passed over: not kept", example = "\"tt222111\"") @Nullable
            String deviceId,

            @Member(name = "first_name", meaning = "passed over: not kept", example = "\"芳\"") @Nullable
            String firstName,

            @Member(name = "last_name", meaning = "passed over: not kept", example = "\"王\"") @Nullable
            String lastName,

            @Member(meaning = "passed over: not kept", example = "\"13800000000\"") @Nullable
            String phone,

            @Member(
                    meaning = "what the definition of the service asks for besides: attribute[code]=value",
                    example = "{\"lifeInDanger\": \"false\"}")
            @Nullable
            Map<String, String> attribute) {}

    /** What an approval says. */
    record Approval(
            @Member(meaning = "the hash of the content that was seen, all of it", example = PolicyJson.HASH)
            @Bounds(min = 8, max = 64)
            String content) {}

    /** What a publication may say. */
    record PublicationOrder(
            @Member(meaning = "from when on; at once when left out") @Nullable
            OffsetDateTime effectiveAt,

            @Member(meaning = "the number of the publication that this one replaces", example = "6") @Nullable
            Long over,

            @Member(
                    meaning = "why; must be said when it takes away what the live policy has (takesOut)",
                    example = "\"合并到另一张表\"")
            @Nullable
            String because) {}

    /** What a rollback may say. */
    record RollbackOrder(
            @Member(meaning = "the number of the policy to go back to; the one before when left out", example = "5")
            @Nullable
            Long to) {}

    /** Over which decisions one asks what a policy would change. */
    record ImpactOrder(
            @Member(
                    meaning = "those kept then or later; the first on when left out",
                    example = "\"2026-11-01T00:00:00+08:00\"")
            @Nullable
            OffsetDateTime from,

            @Member(meaning = "those kept before; up to now when left out", example = "\"2026-12-01T00:00:00+08:00\"")
            @Nullable
            OffsetDateTime to,

            @Member(meaning = "how many, the latest: 1 to 1,000,000; 10,000 when left out", example = "10000") @Nullable
            Long limit) {}

    /** How the service, or a part of it, is. */
    record Health(
            @Member(meaning = "in a word; STALE goes on serving an older policy than it should", example = "\"UP\"")
            String status,

            @Member(meaning = "the groups that can be asked for by name", example = "\"liveness\"") @Nullable
            List<String> groups) {}

    private static Operation operation(String id, String tag, String summary) {
        return new Operation(id, tag, summary)
                .refusing(400, Code.BAD_NAME, Code.BAD_REQUEST, Code.BODY_BROKEN_OFF)
                .refusing(500, Code.INTERNAL)
                .refusing(503, Code.STORE_GONE, Code.BUSY);
    }

    /** One that reads what the store holds, which may be damaged. */
    private static Operation reading(String id, String tag, String summary) {
        return operation(id, tag, summary).refusing(500, Code.BAD_STORE, Code.CORRUPTED_POLICY, Code.DECISION_TAMPERED);
    }

    /**
     * One that is done once for each key.
     *
     * @param status what it is answered with when it is done
     */
    private static Operation once(int status, Operation operation) {
        return operation
                .with(Parameter.header(
                        IdempotencyKey.HEADER,
                        "A key of the caller's making, random such as a UUID, 1 to " + IdempotencyKey.LONGEST
                                + " printable ASCII characters, new for each new request: sent again with the same request, it"
                                + " gets the same answer, and nothing is done a second time"
                                + " (draft-ietf-httpapi-idempotency-key-header). In quotation marks or bare.",
                        "8e03978e-40d5-43dd-bc93-6894a57f9324"))
                .header(status, IdempotencyKey.REPLAYED, "`true` on an answer that was given before under the same key")
                .refusing(400, Code.BAD_REQUEST_KEY)
                .refusing(409, Code.KEY_IN_USE, Code.KEY_SPENT)
                .refusing(422, Code.KEY_REUSED);
    }

    /** One that takes long, and may be answered later. */
    private static Operation later(Operation operation) {
        return operation
                .adding(
                        "Takes seconds to minutes: with `Prefer: respond-async` (RFC 7240) the answer is 202 with a job, and"
                                + " this answer is fetched at the `Location` of that, under `/result`.")
                .answering(202, "A job that answers the request", Content.json(JobStatus.class))
                .header(202, "Location", "Where the job is")
                .header(202, "Preference-Applied", "`respond-async`")
                .header(202, "Retry-After", "After how many seconds to look at the job");
    }

    private static Operation ofJob(String id, String summary) {
        return operation(id, SERVICE, summary)
                .with(id("The job's id", "8e03978e-40d5-43dd-bc93-6894a57f9324"))
                .refusing(404, Code.UNKNOWN_JOB);
    }

    static Operation job() {
        return ofJob("getJob", "How a job stands (任务)")
                .saying(
                        "What was asked for with `Prefer: respond-async`. Nobody sees a job but who began it, by the name that the"
                                + " key was made out to, and in the process that took it. It is remembered for "
                                + LaterAnswers.AGE.toMinutes()
                                + " minutes after its end, unless many others, of one caller "
                                + LaterAnswers.MOST_OF_ONE + ", of all " + LaterAnswers.MOST + " or "
                                + LaterAnswers.MOST_MIB
                                + " MiB of answers, take its place.")
                .answering(200, "How it stands", Content.json(JobStatus.class))
                .header(200, "Retry-After", "While it is RUNNING: after how many seconds to look again");
    }

    static Operation cancelJob() {
        return ofJob("cancelJob", "Cancels a job, or forgets one that has ended")
                .saying(
                        "One that is at work ends at the next place where nothing is done yet: it is CANCELLED then. What cannot be"
                                + " stopped any more is done to its end, and the job says so.")
                .answering(202, "How it stands; it ends soon", Content.json(JobStatus.class))
                .header(202, "Retry-After", "After how many seconds to look at the job")
                .answering(204, "It had ended, and is forgotten");
    }

    /**
     * The answer of a job.
     *
     * @param answered the operations that may be answered by one
     */
    static Operation jobResult(List<Operation> answered) {
        return ofJob("getJobResult", "The answer of a job, as its request would have got it: status, headers and bytes")
                .saying(
                        "Too early it is refused with 409 `NO_RESULT`; refusals of the request itself come as it would have got them.")
                .answering(200, "The answer", Content.object(), Content.bytes(XLSX), Content.bytes(ZIP))
                .refusing(409, Code.NO_RESULT)
                .refusingAs(answered);
    }

    /** One that decides about a request, and refuses what cannot be decided. */
    private static Operation deciding(Operation operation) {
        return once(
                200,
                operation
                        .refusing(400, UNREADABLE.toArray(Code[]::new))
                        .refusing(408, Code.TOO_SLOW)
                        .refusing(413, Code.TOO_LARGE)
                        .refusing(415, UNSUPPORTED.toArray(Code[]::new))
                        .refusing(422, Code.DUPLICATE_FIELD)
                        .refusing(
                                422,
                                EnumSet.range(Code.UNKNOWN_FIELD, Code.INVERTED_PERIOD)
                                        .toArray(Code[]::new))
                        .refusing(422, Code.OUT_OF_RANGE, Code.UNKNOWN_CHOICE)
                        .refusing(422, Code.NOT_DECIDED, Code.NO_HISTORY, Code.NO_POLICY_THEN)
                        .refusing(500, Code.RUNAWAY_RULES, Code.TIME_LIMIT, Code.RULE_FAILED, Code.UNUSABLE_POLICY));
    }

    /** What a decision is asked with. */
    static Operation decide(Decision<?, ?> decision) {
        String name = decision.getClass().getSimpleName();
        return deciding(reading("decide" + name, DECIDE, "Says " + decision.meaning() + " (" + decision.label() + ")")
                .saying(
                        "As `application/json` one request. As `application/x-ndjson` one request a line, each answered on its"
                                + " own in the order of the lines as they come: a bad line gets a problem with its `line`, and the"
                                + " rest go on. A stream that is not read to its end ends with a problem (`SILENT_STREAM`,"
                                + " `STREAM_BROKEN_OFF`, `STREAM_STOPPED`) whose `line` is the first that was not read. A request,"
                                + " and a line, may be 1 MiB long. An `Idempotency-Key` of a stream counts for each line together"
                                + " with its number. CloudEvents 1.0 are answered by such: structured, in batches of 100 at most,"
                                + " or in binary mode, with the headers `ce-specversion`, `ce-id`, `ce-source`"
                                + " and `ce-type`: with one of these it is an event, and wants the others."
                                + " An event that comes twice, by `source` and `id`, is decided once.")
                .taking(
                        Content.request(decision),
                        Content.requests(decision),
                        Content.request(decision).event(DecisionEvents.STRUCTURED),
                        Content.request(decision).events(DecisionEvents.BATCH))
                .answering(
                        200,
                        "The answer; of a stream, an answer or a problem for each line",
                        Content.answer(decision),
                        Content.answers(decision),
                        Content.answer(decision).event(DecisionEvents.STRUCTURED),
                        Content.answers(decision).events(DecisionEvents.BATCH))
                .refusing(422, Code.KEYS_NOT_KEPT, Code.BAD_EVENT_ATTRIBUTE)
                .refusing(422, Code.EVENT_REUSED, Code.NO_EVENT_OF_LINES)
                .refusing(503, Code.JOURNAL_UNWRITABLE));
    }

    /** One of Open311, which has formats, errors and statuses of its own. */
    private static Operation geoReport(String id, String summary, Parameter... parameters) {
        return reading(id, OPEN311, summary)
                .with(Parameter.pathChoice("format", "How to answer", List.of("json", "xml")))
                .with(parameters)
                .with(Parameter.query(
                        "jurisdiction_id", "The code or label of the widest area; may be left out", "330102"))
                .with(Parameter.query(
                        Given.KEY, "The caller's key, unless it stands in Authorization", "ld_0123456789"))
                .refusing(400, Code.BAD_FORM, Code.TOO_LARGE, Code.NOT_UTF_8)
                .refusing(404, Code.NOT_FOUND, Code.UNKNOWN_JURISDICTION)
                .refusing(408, Code.TOO_SLOW)
                .refusedWith(GeoReportError::status, Content.list(GeoReportError.class), Content.text(GeoReport.XML));
    }

    static Operation discovery() {
        return geoReport("discoverOpen311", "Where Open311 is spoken (service discovery)")
                .saying("As GeoReport v2 has it: the endpoint, its formats and the key that it takes.")
                .answering(200, "The endpoints", Content.json(Discovery.class), Content.text(GeoReport.XML));
    }

    static Operation services() {
        return geoReport("listServices", "The services: what may be reported")
                .saying(
                        "Their codes are those that the sheet 对照 gives event types under the scheme `Open311`; without such"
                                + " rows, those of the event types.")
                .answering(200, "The services", Content.list(Service.class), Content.text(GeoReport.XML));
    }

    static Operation serviceDefinition() {
        return geoReport(
                        "getServiceDefinition",
                        "What a request for a service may say besides",
                        Parameter.path("code", "The service", "STREET_LIGHT"))
                .saying("The attributes that the service takes, whether they are needed, and what they may be.")
                .answering(200, "The definition", Content.json(ServiceDefinition.class), Content.text(GeoReport.XML))
                .refusing(404, Code.UNKNOWN_SERVICE);
    }

    static Operation serviceRequests() {
        return geoReport(
                        "listServiceRequests",
                        "Requests, and where they stand",
                        Parameter.query(
                                "service_request_id",
                                "Those of these ids, at most 100, separated by commas; nothing else counts then",
                                "R-20261120-7KQ2M9XTBA"),
                        Parameter.query(
                                "service_code", "For one of these services, separated by commas", "STREET_LIGHT"),
                        Parameter.query(
                                "start_date",
                                "Made then or later; 90 days before the end when left out",
                                "2026-11-01T00:00:00+08:00"),
                        Parameter.query(
                                "end_date",
                                "Made then or earlier; now, or 90 days after the start, when left out",
                                "2026-11-30T00:00:00+08:00"),
                        Parameter.query("status", "`open`, `closed`, or both", "open"))
                .saying(
                        "The newest 1,000, or as many as make a megabyte, of a span of 90 days, of the latest 10,000 decisions in it."
                                + OWN)
                .answering(
                        200,
                        "The requests, the newest first",
                        Content.list(ServiceRequest.class),
                        Content.text(GeoReport.XML))
                .refusing(
                        400,
                        Code.UNKNOWN_SERVICE,
                        Code.UNKNOWN_CHOICE,
                        Code.OUT_OF_RANGE,
                        Code.MISSING_OFFSET,
                        Code.IMPOSSIBLE_TIME,
                        Code.ENDS_BEFORE_IT_BEGINS,
                        Code.SPAN_TOO_LONG);
    }

    static Operation serviceRequest() {
        return geoReport(
                        "getServiceRequest",
                        "A request, and where it stands",
                        id("The request's id", "R-20261120-7KQ2M9XTBA"))
                .saying(OWN.strip())
                .answering(
                        200,
                        "The request, in a list of one",
                        Content.list(ServiceRequest.class),
                        Content.text(GeoReport.XML))
                .refusing(404, Code.NOTHING_DECIDED);
    }

    static Operation sendServiceRequest() {
        return once(200, geoReportAnswered())
                .refusing(400, Code.CONTENT_ENCODING, Code.UNSUPPORTED_MEDIA_TYPE)
                .refusing(
                        400,
                        EnumSet.range(Code.DUPLICATE_FIELD, Code.INVERTED_PERIOD)
                                .toArray(Code[]::new))
                .refusing(400, Code.OUT_OF_RANGE, Code.UNKNOWN_CHOICE, Code.KEYS_NOT_KEPT, Code.NOT_DECIDED)
                .refusing(404, Code.UNKNOWN_SERVICE)
                .refusing(500, Code.RUNAWAY_RULES, Code.TIME_LIMIT, Code.RULE_FAILED, Code.UNUSABLE_POLICY)
                .refusing(503, Code.JOURNAL_UNWRITABLE);
    }

    private static Operation geoReportAnswered() {
        return geoReport("sendServiceRequest", "Takes a report and says who takes it, by when")
                .saying(
                        "A report to route, decided and kept as those of `/v1/routing` are. It has its id at once: there are no"
                                + " tokens.")
                .taking(Content.fields(ServiceRequestForm.class))
                .answering(
                        200,
                        "The request's id and what happens, in a list of one",
                        Content.list(ServiceRequest.Accepted.class),
                        Content.text(GeoReport.XML));
    }

    static Operation ruled(Decision<?, ?> decision) {
        String name = decision.getClass().getSimpleName();
        return deciding(reading(
                        "rule" + name,
                        POLICIES,
                        "Makes what a person ruled in a request a row of the policy's workbook (裁定成行)")
                .saying("Takes a request of `/v1/" + decision.path()
                        + "` whose incident has a `choice` with a lead, and decides it."
                        + " `format=json` says which row it becomes, above which one, and which others compete;"
                        + " `format=xlsx` answers a copy of the workbook with the row, which `POST /v1/policies` takes."
                        + " The policy is not touched, and nothing is kept, but with `Idempotency-Key` the answer. It is"
                        + " the workbook of the policy that is live when the row is made: `options.asOf` is refused"
                        + " (`CONTRADICTION`), since an old workbook, once put, would undo what has changed since. An"
                        + " answer that is told again under its key is the one that was made then: once another policy"
                        + " is live, send the request under a new key.")
                .with(Parameter.choice("format", "How to answer", RulingEndpoints.FORMATS))
                .with(Parameter.choice(
                        "everywhere",
                        "Whether the row is for every area that the row above is about; for the sub-district of the case alone"
                                + " unless asked",
                        RulingEndpoints.EVERYWHERE))
                .taking(Content.request(decision))
                .answering(
                        200, "The row, or the workbook with it", Content.json(RuledRow.Told.class), Content.bytes(XLSX))
                .refusing(422, Code.NOTHING_RULED));
    }

    static Operation whyNot(Decision<?, ?> decision) {
        String name = decision.getClass().getSimpleName();
        return reading(
                        "whyNot" + name,
                        TRY,
                        "Says why an answer does not say something else, and what would have to be otherwise (为什么不是)")
                .saying("Takes a request of `/v1/" + decision.path()
                        + "`, decides it, and tries the facts otherwise as far as tables tell them apart: one, then several. Told are"
                        + " the first table that stands against what is wanted, the rows that would say so with what they lack, the"
                        + " fewest facts that would have to be otherwise, and from when on it is so if nothing happens. Whatever is"
                        + " proposed has been decided; `reached` says how far the search went. Nothing is kept.")
                .with(
                        Parameter.needed(
                                "want",
                                "What the answer should say: a part of it, by its member or its Chinese name, `=`, and a code or a"
                                        + " label; or `row=ID`, `rule=CODE`",
                                WhyNotEndpoints.example(decision)),
                        Parameter.number(
                                "most",
                                "How many changed requests to decide at most; it takes 20 seconds at most",
                                1,
                                WhyNotEndpoints.MOST,
                                WhyNotEndpoints.USUAL))
                .taking(Content.request(decision))
                .answering(200, "Why not, and what would give it", Content.json(WhyNotAnswer.class))
                .refusing(400, UNREADABLE.toArray(Code[]::new))
                .refusing(408, Code.TOO_SLOW)
                .refusing(413, Code.TOO_LARGE)
                .refusing(415, UNSUPPORTED.toArray(Code[]::new))
                .refusing(422, Code.DUPLICATE_FIELD)
                .refusing(
                        422,
                        EnumSet.range(Code.UNKNOWN_FIELD, Code.INVERTED_PERIOD).toArray(Code[]::new))
                .refusing(
                        422, Code.OUT_OF_RANGE, Code.UNKNOWN_CHOICE, Code.UNKNOWN_ROW, Code.NOT_A_NUMBER, Code.BAD_TIME)
                .refusing(422, Code.NOT_DECIDED, Code.NO_HISTORY, Code.NO_POLICY_THEN, Code.CALENDAR_ENDED)
                .refusing(500, Code.RUNAWAY_RULES, Code.TIME_LIMIT, Code.RULE_FAILED, Code.UNUSABLE_POLICY);
    }

    static Operation vocabulary() {
        return operation("listVocabulary", DECIDE, "Every word the policy knows, by set (词表)")
                .saying(
                        "Tagged with the policy's version; ask with `If-None-Match` to learn cheaply whether it has changed.")
                .with(
                        Parameter.query(
                                "scheme",
                                "Whose codes are to be given with our words for them (对照); `schemes` lists those there are",
                                "GB/T 47678.5-2026"),
                        Parameter.header("If-None-Match", "The tag of the words that the caller has", "\"9f86d081\""))
                .answering(200, "The words", Content.json(VocabularyJson.class))
                .header(200, "ETag", "The policy's version")
                .answering(304, "They have not changed")
                .header(304, "ETag", "The policy's version")
                .refusing(404, Code.UNKNOWN_SCHEME)
                .refusing(406, Code.UNSUPPORTED_MEDIA_TYPE);
    }

    private static Parameter id(String meaning, String example) {
        return Parameter.path("id", meaning, example);
    }

    private static Parameter decision() {
        return id("The decision's id", "019e2f3c-1a00-7b0e-9f3c-2d1e4f5a6b7c");
    }

    /** What somebody who is no auditor reads of the journal. */
    private static final String OWN =
            " With the role `caller` alone, what was asked for under the name of the caller's own key, and nothing else.";

    static Operation search() {
        return reading("searchDecisions", JOURNAL, "Looks for decisions that were kept (决策检索)")
                .saying(
                        "Those that meet every condition. A word that neither the served policy nor any decision knows is"
                                + " refused (`UNKNOWN_CODE`, `UNKNOWN_CHOICE`); what is wrong is told at the parameter (`at`)."
                                + " `format=ndjson` and `format=csv` stream all of them, the oldest"
                                + " first, with what was asked and answered; a cell of the CSV that a spreadsheet program would take"
                                + " for a formula begins with an apostrophe."
                                + OWN)
                .with(
                        Parameter.query("from", "Kept then or later: a date, or a time with its offset", "2026-11-01"),
                        Parameter.query("to", "Kept before; a date is included whole", "2026-11-30"),
                        Parameter.query("incident", "About the incident of this id", "SC-2026-000123"),
                        Parameter.kind("kind", "Of this decision"),
                        Parameter.query("outcome", "That ended so; what ends in a score, SCORED", "ASSIGNED"),
                        Parameter.query(
                                "policy",
                                "By the policy of this version, or of its first 16 digits",
                                "9f86d081884c7d65"),
                        Parameter.query("caller", "Asked by", "hotline"),
                        Parameter.query("rule", "With the rule of this code among the reasons", "RTE-040"),
                        Parameter.query("row", "With the row of this id among the reasons", "DUTY-0086"),
                        Parameter.query("body", "Naming the body of this code or label", "区城管局"),
                        Parameter.query("eventType", "Naming the event type of this code or label", "邻里纠纷"),
                        Parameter.query("category", "Naming an event type of this category, by code or label", "安全"),
                        Parameter.query(
                                "area",
                                "Asked about this area, by code or label, or one within it; everything, if it is the widest",
                                "110101001"),
                        Parameter.query(
                                "event",
                                "Asked about a case in which this happened: STAGE_LATE, RETURNED, REDO or REOPENED",
                                "RETURNED"),
                        Parameter.query(
                                "desk",
                                "What persons had to do with it: left to one, judged by one, or danger",
                                "left"),
                        Parameter.query(
                                "trace",
                                "Asked in the trace of this id (W3C Trace Context), where the service keeps them",
                                "4bf92f3577b34da6a3ce929d0e0e4736"),
                        Parameter.choice(
                                "order",
                                "Which come first; a stream always begins with the oldest",
                                List.of("newest", "oldest")),
                        Parameter.number(
                                "limit",
                                "How many to a page, which ends before it has a MiB",
                                1,
                                Archive.MOST,
                                DecisionController.USUAL),
                        Parameter.query(
                                "cursor",
                                "Where to go on: `next` of the page before, looked for with the same conditions and order",
                                "1769140800000.42"),
                        Parameter.choice("format", "How to answer", List.of("json", "ndjson", "csv")))
                .answering(
                        200,
                        "A page; of a stream, a decision for each line",
                        Content.json(DecisionController.Page.class),
                        Content.lines(Whole.class),
                        Content.text("text/csv"))
                .refusing(
                        422,
                        Code.UNKNOWN_FIELD,
                        Code.UNKNOWN_CHOICE,
                        Code.UNKNOWN_CODE,
                        Code.OUT_OF_RANGE,
                        Code.BAD_CURSOR,
                        Code.BAD_MOMENT,
                        Code.ENDS_BEFORE_IT_BEGINS,
                        Code.SHORT_VERSION,
                        Code.NUL_CHARACTER);
    }

    static Operation decisionOfId() {
        return reading(
                        "getDecision",
                        JOURNAL,
                        "A decision: what was asked, the answer byte for byte, every time it was given")
                .saying(OWN.strip())
                .with(decision())
                .answering(200, "The decision", Content.json(Whole.class))
                .refusing(404, Code.NOTHING_DECIDED);
    }

    static Operation replay() {
        return later(
                reading("replayDecision", JOURNAL, "Runs a decision again: same facts, same policy, same moment (复核)")
                        .saying(
                                "Each time that it was given is run by itself, and compared with what was kept; nothing is kept.")
                        .with(decision())
                        .answering(
                                200,
                                "What came of it, for every time the decision was given",
                                Content.json(DecisionController.Replays.class))
                        .refusing(404, Code.NOTHING_DECIDED));
    }

    static Operation incident() {
        return reading("getIncident", JOURNAL, "Everything that was decided of an incident, the oldest first (一案一档)")
                .saying(
                        "Of many decisions as many as make a MiB together; `next` is the `cursor` that goes on after them."
                                + OWN)
                .with(id("The incident's id, as it was sent", "SC-2026-000123"))
                .with(Parameter.query(
                        "cursor", "Where to go on: `next` of the answer before", "MTc2OTE0MDgwMDAwMC40Mg"))
                .answering(200, "Its decisions", Content.json(DecisionJson.Trail.class))
                .refusing(404, Code.NOTHING_DECIDED)
                .refusing(422, Code.BAD_CURSOR);
    }

    static Operation quality() {
        return later(reading(
                        "judgeRows",
                        JOURNAL,
                        "Which rows and rules are to be mended, by what came of the cases that they decided (行的质量)")
                .saying(
                        "Counts for each row and rule behind an assignment how often the case was returned, decided otherwise by a"
                                + " person, done again, late, or left the citizen dissatisfied, with intervals; worst first, with"
                                + " cases. Takes seconds: at most 100,000 cases are looked at, in the order of their ids, and"
                                + " `complete` says whether those were all. `format=xlsx` answers a workbook with charts.")
                .with(
                        Parameter.query(
                                "from", "Decided then or later: a date, or a time with its offset", "2026-11-01"),
                        Parameter.query("to", "Decided before; a date is included whole", "2026-11-30"),
                        Parameter.number(
                                "most",
                                "How many rows to tell; a workbook has more",
                                1,
                                QualityController.MOST_ROWS,
                                QualityController.USUAL_ROWS),
                        Parameter.choice("format", "How to answer", List.of("json", "xlsx")))
                .answering(
                        200, "The rows and rules, worst first", Content.json(QualityReport.class), Content.bytes(XLSX))
                .refusing(
                        422,
                        Code.UNKNOWN_FIELD,
                        Code.UNKNOWN_CHOICE,
                        Code.OUT_OF_RANGE,
                        Code.BAD_MOMENT,
                        Code.ENDS_BEFORE_IT_BEGINS,
                        Code.SHORT_VERSION,
                        Code.NUL_CHARACTER));
    }

    static Operation check() {
        return later(once(
                200,
                operation("checkWorkbook", TRY, "Checks a workbook, or a whole policy, before it goes live (检查)")
                        .saying(
                                "Takes one workbook, which is checked in the place of the one in the served policy that has most of its sheets, or a `.zip`"
                                        + " of a policy folder. Rules are code and are not taken from the network: those of the policy that"
                                        + " is served are used, and rule files that differ get a warning. With `annotated=true`, or an"
                                        + " `Accept` of workbooks, the answer is the workbook with its faulty cells coloured and commented"
                                        + " and a first sheet that lists the findings; of a zip, a zip, in which `unmarked.txt` names the workbooks"
                                        + " that could not be marked, if any.")
                        .with(Parameter.flag("annotated", "Whether to answer an annotated copy"))
                        .taking(Content.form(CheckForm.class))
                        .answering(
                                200,
                                "The findings, or the annotated copy",
                                Content.json(CheckJson.class),
                                Content.bytes(XLSX),
                                Content.bytes(ZIP))
                        .refusing(400, Code.MISSING_PART)
                        .refusing(408, Code.TOO_SLOW)
                        .refusing(413, Code.TOO_LARGE)
                        .refusing(415, Code.UNSUPPORTED_MEDIA_TYPE, Code.MISSING_MEDIA_TYPE, Code.CONTENT_ENCODING)
                        .refusing(
                                422,
                                Code.UNREADABLE_ARCHIVE,
                                Code.UNKNOWN_CHOICE,
                                Code.UNEDITABLE_WORKBOOK,
                                Code.AMBIGUOUS_WORKBOOK,
                                Code.RULES_NOT_CHECKED)
                        .refusing(422, CONTAINER.toArray(Code[]::new))));
    }

    static Operation test() {
        return later(once(
                200,
                operation("runScenarios", TRY, "Runs scenarios against the policy that is served (情景测试)")
                        .saying(
                                "The body is a scenario workbook, whose sheet 说明 explains it; without a body the policy's own scenarios and stories"
                                        + " are run. Each case is asked as a caller would ask it. A case that cannot be understood is reported"
                                        + " at its cell, and the rest go on. Nothing is kept. A workbook may have 16 MiB.")
                        .mayTake(Content.bytes(XLSX))
                        .answering(
                                200,
                                "What came of each case, and what the cases have shown of the policy's tables",
                                Content.json(TestReportJson.class))
                        .refusing(408, Code.TOO_SLOW)
                        .refusing(413, Code.TOO_LARGE)
                        .refusing(415, Code.UNSUPPORTED_MEDIA_TYPE, Code.CONTENT_ENCODING)
                        .refusing(422, Code.NO_SCENARIO)
                        .refusing(
                                422,
                                EnumSet.range(Code.MISSING_SHEET, Code.INVERTED_DATES)
                                        .toArray(Code[]::new))
                        .refusing(
                                422,
                                EnumSet.range(Code.NO_SCENARIO, Code.BAD_ELEMENT)
                                        .toArray(Code[]::new))
                        .refusing(422, CONTAINER.toArray(Code[]::new))));
    }

    private static Operation policy(String id, String summary) {
        return reading(id, POLICIES, summary)
                .with(Parameter.number("n", "The policy's number"))
                .refusing(404, Code.UNKNOWN_POLICY);
    }

    /** One that changes what people have agreed upon. */
    private static Operation step(String id, String summary) {
        return policy(id, summary).refusing(409, Code.NOT_ITS_TURN, Code.AT_ONCE);
    }

    private static Operation taking(Operation operation) {
        return operation
                .with(Parameter.query("label", "The same as the part of that name", "2026-12"))
                .taking(Content.form(PolicyForm.class))
                .refusing(400, Code.MISSING_PART)
                .refusing(403, Code.RULES_NOT_TAKEN)
                .refusing(406, Code.UNSUPPORTED_MEDIA_TYPE)
                .refusing(408, Code.TOO_SLOW)
                .refusing(413, Code.TOO_LARGE)
                .refusing(415, Code.UNSUPPORTED_MEDIA_TYPE, Code.MISSING_MEDIA_TYPE, Code.CONTENT_ENCODING)
                .refusing(422, Code.UNREADABLE_ARCHIVE, Code.AMBIGUOUS_WORKBOOK);
    }

    /** One with a small body of JSON. */
    private static Operation ordering(Operation operation) {
        return operation
                .refusing(400, UNREADABLE.toArray(Code[]::new))
                .refusing(408, Code.TOO_SLOW)
                .refusing(413, Code.TOO_LARGE)
                .refusing(415, Code.UNSUPPORTED_MEDIA_TYPE, Code.UNSUPPORTED_CHARSET, Code.CONTENT_ENCODING)
                .refusing(422, Code.DUPLICATE_FIELD, Code.WRONG_JSON_TYPE, Code.UNKNOWN_FIELD);
    }

    static Operation policies() {
        return reading("listPolicies", POLICIES, "All policies, what is live and what is to be")
                .saying("The latest first, each with its state; with what is live now and what is scheduled.")
                .answering(200, "The policies", Content.json(PolicyJson.Overview.class))
                .refusing(406, Code.UNSUPPORTED_MEDIA_TYPE);
    }

    static Operation policy() {
        return policy("getPolicy", "A policy and everything that happened to it")
                .saying("Its state, its authors and approvals, and every step with who took it and when.")
                .answering(200, "The policy", Content.json(PolicyJson.Proposed.class))
                .refusing(406, Code.UNSUPPORTED_MEDIA_TYPE);
    }

    static Operation diff() {
        return policy("diffPolicy", "What a policy would change: rules by line, tables by row and cell")
                .saying("Compares files as they are written; what two policies mean differently, `meaning` tells.")
                .with(Parameter.query(
                        "against", "`live`, or the number of another policy; `live` when left out", "live"))
                .answering(200, "The files that differ", Content.json(PolicyDiff.class))
                .refusing(406, Code.UNSUPPORTED_MEDIA_TYPE);
    }

    static Operation meaning() {
        return later(policy("comparePolicyMeaning", "Which facts a policy would decide otherwise, and how")
                .saying(
                        "Compares what two policies mean rather than their cells: of each table the facts of which it concludes"
                                + " otherwise, and of a whole decision every class of facts that is decided otherwise, with a"
                                + " request of each that is ready to be sent. What is not among them is the same, within the"
                                + " `bounds` that are named. When the time is up, what has been found is answered, and how"
                                + " much was `left`.")
                .with(Parameter.query(
                        "against", "`live`, or the number of another policy; `live` when left out", "live"))
                .with(Parameter.number("seconds", "How many seconds the comparison of a decision may take", 1, 60, 20))
                .answering(200, "What the two mean differently", Content.json(Meaning.class))
                .refusing(422, Code.OUT_OF_RANGE)
                .refusing(406, Code.UNSUPPORTED_MEDIA_TYPE)
                .refusing(409, Code.MISSING_SHEET));
    }

    static Operation impact() {
        return later(once(
                200,
                ordering(policy("weighPolicy", "What a policy would have changed about what was decided (影响)"))
                        .saying(
                                "Decides the latest decisions again by the policy, each for its own moment, and counts what would have been"
                                        + " otherwise, as the command `impact` does: outcomes, bodies, event types, due times, and the"
                                        + " rows and rules responsible, with ten examples each. Which incident an example is about"
                                        + " (`subject`), auditors are told.")
                        .mayTake(Content.sent(ImpactOrder.class))
                        .answering(200, "What would have been otherwise", Content.object())
                        .refusing(422, Code.MISSING_OFFSET, Code.IMPOSSIBLE_TIME, Code.OUT_OF_RANGE)
                        .refusing(409, Code.MISSING_SHEET)));
    }

    static Operation files() {
        return policy("getPolicyFiles", "The files of a policy")
                .saying("Rules, tables and scenarios, in a folder as the command line takes one.")
                .answering(200, "A zip of the policy folder", Content.bytes(ZIP));
    }

    static Operation propose() {
        return once(
                201,
                taking(reading("proposePolicy", POLICIES, "Proposes a policy"))
                        .saying(
                                "A `.zip` of a policy folder, which may leave out `rules/` and the scenarios to keep those of the live"
                                        + " policy (`kept` in the answer says which), or one workbook, which takes the place of the one in the live"
                                        + " policy that has most of its sheets. Rules are code: those that differ from the live ones are taken only when the"
                                        + " service was started with `--rules-over-http`.")
                        .answering(201, "The policy, a draft", Content.json(PolicyJson.Proposed.class)));
    }

    static Operation put() {
        return once(
                200,
                taking(step("putPolicy", "Puts something else into a policy"))
                        .with(Parameter.query(
                                "over",
                                "The same as the part of that name",
                                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))
                        .saying(
                                "As for `POST /v1/policies`; one workbook takes the place of its like in this policy, and what a `.zip`"
                                        + " leaves out stays as it is here. It is a draft again, and approvals given before no longer count."
                                        + " What somebody else put last is not overwritten unseen: `over` says what is.")
                        .refusing(409, Code.PUT_MEANWHILE, Code.OTHER_CONTENT)
                        .answering(200, "The policy, a draft", Content.json(PolicyJson.Proposed.class)));
    }

    static Operation checkPolicy() {
        return later(once(
                200,
                step("checkPolicy", "Checks a policy, and runs its scenarios")
                        .saying(
                                "It is CHECKED when it has no errors and every scenario passes. Takes as long as that does. One without"
                                        + " any scenario passes, with the warning `NO_SCENARIOS`.")
                        .answering(200, "What came of it, good or not", Content.json(PolicyJson.Checked.class))));
    }

    static Operation approve() {
        return once(
                200,
                ordering(step("approvePolicy", "Approves a policy as it is"))
                        .saying(
                                "Nobody who put something into it can. `content` names what was seen: if it is another by now, the"
                                        + " answer is 409.")
                        .taking(Content.sent(Approval.class))
                        .answering(200, "The policy", Content.json(PolicyJson.Proposed.class))
                        .refusing(403, Code.OWN_POLICY)
                        .refusing(409, Code.NOT_CHECKED, Code.OTHER_CONTENT)
                        .refusing(422, Code.MISSING_FIELD));
    }

    static Operation publish() {
        return later(once(
                200,
                ordering(step("publishPolicy", "Makes an approved policy live, at once or from a moment on"))
                        .saying(
                                "If something was published since the approval, the answer is 409 and says what is live now; then have"
                                        + " it approved again, or name that publication in `over`. Services converge within a second or two;"
                                        + " no request waits.")
                        .mayTake(Content.sent(PublicationOrder.class))
                        .answering(
                                200,
                                "The publication, and what is scheduled after it",
                                Content.json(PolicyJson.Published.class))
                        .refusing(
                                409,
                                Code.NOT_APPROVED,
                                Code.PUBLISHED_MEANWHILE,
                                Code.ANOTHER_APPROVAL,
                                Code.REASON_MISSING,
                                Code.IMPACT_LARGE,
                                Code.IMPACT_UNROUTABLE,
                                Code.IMPACT_REFUSED,
                                Code.IMPACT_UNKNOWN)
                        .refusing(
                                422,
                                Code.MISSING_OFFSET,
                                Code.IMPOSSIBLE_TIME,
                                Code.OUT_OF_RANGE,
                                Code.EFFECTIVE_IN_PAST)));
    }

    static Operation withdraw() {
        return once(
                200,
                step("withdrawPolicy", "Withdraws a draft, or cancels a scheduled publication")
                        .saying("What is live or was stays as it is; its number is not given again.")
                        .answering(200, "The policy", Content.json(PolicyJson.Proposed.class)));
    }

    static Operation rollback() {
        return once(
                200,
                ordering(reading("rollBack", POLICIES, "Goes back to the policy that was live before, at once"))
                        .saying("Twice goes two steps back. What is scheduled stays so, and is named in the answer.")
                        .mayTake(Content.sent(RollbackOrder.class))
                        .answering(
                                200,
                                "The publication, and what is scheduled after it",
                                Content.json(PolicyJson.Published.class))
                        .refusing(404, Code.UNKNOWN_POLICY)
                        .refusing(409, Code.AT_ONCE, Code.NOTHING_BEFORE, Code.ALREADY_LIVE, Code.NEVER_LIVE));
    }

    static Operation mcp() {
        return operation("sendMcpMessage", SERVICE, "Tools for assistants, by the Model Context Protocol (智能助手)")
                .saying(
                        "One message of JSON-RPC 2.0 (Streamable HTTP, without sessions and without streams); a program uses a"
                                + " library of the protocol. Not there unless the service was started with `--mcp`. A caller is shown the"
                                + " tools that its roles may use; they try out, compare and look up, and nothing is kept or changed. What a"
                                + " tool refuses stands in its result, as a problem. In the revision `2025-03-26`, which counts where"
                                + " none is named, up to 16 messages may come as a list.")
                .with(Parameter.header(
                        McpController.REVISION,
                        "The revision that `initialize` has answered: `2025-03-26`, `2025-06-18`, `2025-11-25`",
                        "2025-11-25"))
                .taking(Content.object())
                .answering(200, "The answer to a request", Content.object())
                .answering(202, "A notification was taken note of")
                .refusing(400, UNREADABLE.toArray(Code[]::new))
                .refusing(400, Code.BAD_MESSAGE, Code.UNKNOWN_REVISION)
                .refusing(403, Code.FOREIGN_ORIGIN)
                .refusing(404, Code.NOT_FOUND)
                .refusing(408, Code.TOO_SLOW)
                .refusing(413, Code.TOO_LARGE)
                .refusing(415, UNSUPPORTED.toArray(Code[]::new));
    }

    private static Operation health(Operation operation) {
        Content own = Content.json("application/vnd.spring-boot.actuator.v3+json", Health.class);
        Content asked = Content.json("application/json", Health.class); // when that is what Accept names
        return operation
                .answering(200, "It answers", own, asked)
                .answering(503, "It cannot keep what it answers, or the store is gone", own, asked);
    }

    static Operation health() {
        return health(
                        new Operation("getHealth", SERVICE, "Whether the service is well")
                                .saying(
                                        "Asked by whatever watches over processes: it takes no key, and tells the groups that can be asked for."))
                .refusing(400, Code.BAD_REQUEST, Code.BODY_BROKEN_OFF)
                .refusing(406, Code.UNSUPPORTED_MEDIA_TYPE);
    }

    static Operation healthOfGroup() {
        return health(new Operation("getHealthOfGroup", SERVICE, "Whether a part of the service is well")
                .saying("`liveness`: whether to start the process anew; `readiness`: whether to send requests to it.")
                .with(Parameter.path("group", "`liveness` or `readiness`", "liveness"))
                .refusing(400, Code.BAD_NAME, Code.BAD_REQUEST, Code.BODY_BROKEN_OFF)
                .refusing(401, Code.NO_KEY, Code.UNKNOWN_KEY)
                .refusing(403, Code.FOREIGN_HOST, Code.THROUGH_PROXY, Code.CROSS_SITE)
                .refusing(404, Code.NOT_FOUND)
                .refusing(406, Code.UNSUPPORTED_MEDIA_TYPE));
    }

    static Operation metrics() {
        return operation("getMetrics", SERVICE, "What the service has counted, for Prometheus")
                .saying("In Prometheus' own format, or as OpenMetrics where `Accept` asks for it; no word of a report.")
                .answering(200, "The metrics", Content.text("text/plain"), Content.text("application/openmetrics-text"))
                .refusing(406, Code.UNSUPPORTED_MEDIA_TYPE);
    }

    static Operation document(String id, Content content) {
        return operation(id, SERVICE, "This document")
                .saying("The whole contract: every route, its members and what it refuses; the same for every caller.")
                .answering(200, "The document", content)
                .refusing(406, Code.UNSUPPORTED_MEDIA_TYPE);
    }
}
