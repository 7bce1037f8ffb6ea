package liandong;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.policy.Policy;
import liandong.stock.Stock;
import org.jspecify.annotations.Nullable;

/**
 * What is written for people, with the examples in it.
 *
 * <p>A fenced block is an example when an HTML comment, which readers do not see, stands right before it:
 *
 * <ul>
 *   <li>{@code <!-- asks: POST /v1/routing -->}: a request, bare or as what {@code curl -d} sends;
 *   <li>{@code <!-- answers: 200 -->}: what the service answers to the request above it; {@code 200 but next} where
 *       what later questions are sent is not shown;
 *   <li>{@code <!-- file: report.json -->}: a file that the commands below read;
 *   <li>{@code <!-- exits: 0 -->}: commands, all of which exit so;
 *   <li>{@code <!-- prints -->}: what the last command above it prints;
 *   <li>{@code <!-- source: docs/examples/case.py -->}: a file of the repository, as it is;
 *   <li>{@code <!-- came: docs/examples/case.py -->}: what that program prints, run against the service.
 * </ul>
 *
 * <p>Examples are asked of the policy of the newest recorded release, not of the stock policy: whoever edits a stock workbook
 * must not have to mend documents. With {@code -Ddocs.renew=true} the answers in the documents are written anew instead of
 * being compared.
 */
public final class Docs {
    /** Whether answers are written anew. */
    public static final boolean RENEW = Boolean.getBoolean("docs.renew");

    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- (\\w+)(?:: ([^>]*?))? -->\\n)?```(\\w*)\\n(.*?)\\n```", Pattern.DOTALL);

    private Docs() {}

    /**
     * A fenced block.
     *
     * @param document where it stands
     * @param role what the comment before it says it is, empty without one
     * @param detail what the comment says of it, empty when nothing
     * @param language what it is written in, empty when it does not say
     * @param text what is within the fence
     */
    public record Block(Path document, String role, String detail, String language, String text) {
        @Override
        public String toString() {
            return document + ": " + text.lines().findFirst().orElse("");
        }
    }

    /** All documents. */
    public static List<Path> all() {
        var documents = new ArrayList<Path>();
        for (String folder : List.of(".", "docs", "docs/decisions")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .map(Path::normalize)
                        .sorted()
                        .forEach(documents::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return documents;
    }

    /** What a document says. */
    public static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fenced blocks of a document, in their order. */
    public static List<Block> blocks(Path document) {
        var blocks = new ArrayList<Block>();
        Matcher block = BLOCK.matcher(text(document));
        while (block.find()) {
            blocks.add(new Block(
                    document, orEmpty(block.group(1)), orEmpty(block.group(2)), block.group(3), block.group(4)));
        }
        return blocks;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The commands of a block, each on one line, without what a shell keeps to itself. */
    public static List<String> commands(Block block) {
        if (!block.language().equals("sh")) {
            return List.of();
        }
        return block.text()
                .replaceAll("\\\\\\n\\s*", "")
                .lines()
                .map(line -> line.replaceAll("\\s+# .*", "").strip())
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** Puts another text into a block. */
    public static void renew(Block block, String text) {
        String before = text(block.document());
        String was = block.text() + "\n```";
        int at = before.indexOf(was);
        if (at < 0 || before.indexOf(was, at + 1) >= 0) {
            throw new IllegalStateException("not once: " + block);
        }
        try {
            Files.writeString(
                    block.document(),
                    before.substring(0, at)
                            + text
                            + before.substring(at + block.text().length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where that policy lies, which a document calls the reader's copy. */
    public static Path policyFolder() {
        return Path.of(".");
    }

    /** The policy that examples are answered by: the one inside the program, which a reader of the documents has before them. */
    public static Policy policy() {
        return Stock.shangcheng();
    }
}
