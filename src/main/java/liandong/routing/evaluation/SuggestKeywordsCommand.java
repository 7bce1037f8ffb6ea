package liandong.routing.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import liandong.cli.cases.CsvRows;
import liandong.cli.cases.EncodingOption;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.EnumConverter;
import liandong.cli.terminal.Input;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.routing.ExampleRow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code suggest-keywords}: proposes rows of words, and of example sentences, from labelled texts. */
@Command(
        name = "suggest-keywords",
        description = {
            "Proposes rows of the sheet 词语, or of 关键词 for a policy that has keywords voted on, from texts that people"
                    + " have labelled; with --examples also rows of 例句.",
            "",
            "Reads CSV with a header. Counts which words of two to six characters stand in texts of"
                    + " one event type and hardly in those of others. A word that is said of the event type in at least"
                    + " 95 %% of its texts, and in at least 8 of them, decides (决定); any other supports (佐证). Words of"
                    + " the same event type and role share rows, at most 8 in each. In 关键词 each word is a row with its"
                    + " points (10, 20, 30, 40 or 50, by how sure the texts make it). Notes tell how often a word stands"
                    + " where, with examples. Words in texts of all kinds, numbers, and parts of longer words are left"
                    + " out, as are words that the policy has for the event type already.",
            "",
            "With --examples every labelled text is also decided by the policy. Those that it reads otherwise than the"
                    + " label, or leaves to a person, become rows of 例句, so that what a duty desk corrects comes into"
                    + " the policy: cut after 120 characters, with numbers that look like those of telephones or"
                    + " identity cards masked; the note tells what each was read as. Names and addresses are for a"
                    + " person to take out. Sentences that the policy has already are left out.",
            "",
            "The rows are proposals, marked as not confirmed: take or leave each, then copy what you take into the"
                    + " policy. The policy itself is never touched. The same file gives the same rows. How good the"
                    + " words are: evaluate FILE --text COL --against eventType=COL --folds 5 --learn",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:all rows could be used",
            "1:a row, a label or the policy is wrong; every fault is told, the other rows are used",
            "2:the command was called wrongly, or a file cannot be read or written"
        },
        footer = {
            "  java -jar target/liandong.jar suggest-keywords orders.csv --text 正文 --label 事项 --out rows.xlsx",
            "  java -jar target/liandong.jar suggest-keywords orders.csv --text t --label l --support 5 > rows.csv",
            "  java -jar target/liandong.jar suggest-keywords orders.csv --text t --label l --danger d --nature n"
                    + " --examples examples.xlsx --out rows.xlsx",
            "  java -jar target/liandong.jar suggest-keywords m.csv --text text --label label --against topic"
        })
public final class SuggestKeywordsCommand implements Callable<Integer> {
    private final Terminal shell;

    @Parameters(paramLabel = "FILE|-", description = "The labelled texts; - reads standard input.")
    private String file = "-";

    @Option(names = "--text", paramLabel = "COL", required = true, description = "The column of the texts.")
    private String text = "";

    @Option(names = "--label", paramLabel = "COL", required = true, description = "The column of the labels.")
    private String label = "";

    @Option(
            names = "--against",
            paramLabel = "eventType|topic",
            converter = KindName.class,
            description = "What the labels are: event types unless given; words of a topic speak for its general"
                    + " event type.")
    private Kind kind = Kind.EVENT_TYPE;

    @Mixin
    private EncodingOption encoding = new EncodingOption();

    @Mixin
    private LearnOptions learning = new LearnOptions();

    @Option(names = "--all", description = "Propose words that the policy has already, too.")
    private boolean all;

    @Option(
            names = "--out",
            paramLabel = "FILE.xlsx",
            description = "Write a workbook with the sheet of words; CSV on standard output unless given.")
    private @Nullable Path out;

    @Option(
            names = "--examples",
            paramLabel = "FILE.xlsx",
            description = "Write a workbook with the sheet 例句: the texts that the policy reads otherwise than their"
                    + " labels, or leaves to a person.")
    private @Nullable Path examples;

    @Option(
            names = "--danger",
            paramLabel = "COL",
            description =
                    "For --examples, the column of whether somebody is in danger (NOW, POSSIBLE, NO); as the policy"
                            + " reads it unless given.")
    private @Nullable String danger;

    @Option(
            names = "--nature",
            paramLabel = "COL",
            description = "For --examples, the column of what the reporter wants; left open unless given.")
    private @Nullable String nature;

    @Option(
            names = "--source",
            paramLabel = "COL",
            description = "For --examples, the column of who brought the report.")
    private @Nullable String source;

    @Mixin
    private CommonOptions common = new CommonOptions();

    private final List<Problem> problems = new ArrayList<>();
    private long done;

    public SuggestKeywordsCommand(Terminal shell) {
        this.shell = shell;
    }

    private enum Kind {
        EVENT_TYPE(Part.EVENT_TYPE),
        TOPIC(Part.TOPIC);

        private final Part part;

        Kind(Part part) {
            this.part = part;
        }
    }

    private static final class KindName extends EnumConverter<Kind> {
        KindName() {
            super(Kind.class);
        }

        @Override
        public String typed(Kind word) {
            return word.part.json();
        }
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        for (Path path : Stream.of(out, examples).filter(Objects::nonNull).toList()) {
            WholeFile.mustBePossible(path, say);
        }
        Policy policy;
        var labelled = new ArrayList<LabelledText>();
        try (Input input = Input.open(file, shell, say)) {
            var csv = new CsvRows(input, encoding.charset(), say);
            policy = common.policy(shell);
            if (examples != null && !WordRows.areRead(policy)) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("keywords.noExamples")));
            }
            var names = new LabelReader.Names(text, source, null, null, null);
            var reader = new LabelReader(file, csv, names, columns(), policy.vocabulary(), problems::add, say);
            read(reader, policy, input, labelled);
            if (!csv.encoding().equals(StandardCharsets.UTF_8)) {
                shell.err()
                        .println(say.of("csv.read", input.name(), csv.encoding().name()));
            }
        }
        Set<String> present = all ? Set.of() : WordRows.present(policy);
        List<TypedText> texts = labelled.stream()
                .<TypedText>mapMulti((each, next) -> {
                    TypedText typed = TypedText.of(each, policy.vocabulary());
                    if (typed != null) {
                        next.accept(typed);
                    }
                })
                .toList();
        List<Keyword> keywords = learning.learner().learn(texts).stream()
                .filter(each -> !present.contains(WordRows.key(each.word(), each.type())))
                .toList();
        ProposedRows<?> rows = WordRows.of(policy, keywords, basis("由 %s 的 %d 条已标注信息统计得出", texts.size()));
        ProposedRows<ExampleRow> sentences = examples == null ? null : sentences(labelled, policy, say);
        if (out == null) {
            shell.print(rows.csv());
        } else {
            WholeFile.write(out, rows::write);
        }
        if (examples != null && sentences != null) {
            WholeFile.write(examples, sentences::write);
        }
        problems.forEach(problem -> shell.err().println(problem.line(say.locale())));
        long types = keywords.stream().map(Keyword::type).distinct().count();
        shell.err().println(say.of("keywords.summary", keywords.size(), types, texts.size()));
        if (sentences != null) {
            shell.err().println(say.of("keywords.examples", sentences.size()));
        }
        Stream.of(out, examples)
                .filter(Objects::nonNull)
                .forEach(path -> shell.err().println(say.of("evaluate.written", path)));
        shell.next(say, "proposed");
        return problems.isEmpty() ? 0 : CommandFailure.BAD;
    }

    private List<PartColumns> columns() {
        var columns = new ArrayList<PartColumns>();
        columns.add(new PartColumns(kind.part, label, null));
        if (danger != null) {
            columns.add(new PartColumns(Part.DANGER, danger, null));
        }
        if (nature != null) {
            columns.add(new PartColumns(Part.NATURE, nature, null));
        }
        return columns;
    }

    /** Reads the rows whose event types are known. */
    private void read(LabelReader reader, Policy policy, Input input, List<LabelledText> labelled)
            throws CommandFailure {
        try (ProgressLine bar = new ProgressLine("suggest-keywords", input, shell)) {
            for (LabelledText row = reader.next(problems::addAll); row != null; row = reader.next(problems::addAll)) {
                if (TypedText.of(row, policy.vocabulary()) != null) {
                    labelled.add(row);
                }
                bar.step();
            }
        }
    }

    private ProposedRows<ExampleRow> sentences(List<LabelledText> labelled, Policy policy, Phrases say)
            throws CommandFailure {
        var decider = new Decider(file, policy, common.clock(shell).instant(), say);
        var proposed = new ExampleRows(policy, basis("取自 %s 的 %d 条已标注信息", labelled.size()));
        try (ProgressLine bar = new ProgressLine("suggest-keywords", labelled.size(), "rows", () -> done, shell)) {
            for (LabelledText row : labelled) {
                Measured measured = decider.decide(row, problems::addAll);
                TypedText typed = TypedText.of(row, policy.vocabulary());
                if (measured != null && typed != null) {
                    proposed.take(measured, kind.part, typed.type());
                }
                done++;
                bar.step();
            }
        }
        return proposed.rows();
    }

    private String basis(String form, int texts) {
        String name = file.equals("-") ? "标准输入" : String.valueOf(Path.of(file).getFileName());
        return form.formatted(name, texts);
    }
}
