package liandong.cli.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import liandong.cli.terminal.CommandFailure;
import liandong.explain.Phrases;
import liandong.policy.PolicyFiles;
import liandong.policy.SentPolicy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.problem.ProblemSeverity;
import org.jspecify.annotations.Nullable;

/**
 * The policy that a command's arguments name: a folder, a zip, or files within one.
 *
 * <p>Files that lie in a policy folder are taken with all of it. Others take the place of their like in another policy.
 *
 * @param files the whole policy
 * @param own the files that were named, by name; empty when all were
 * @param folders the folders they lie in
 */
record CheckTarget(PolicyFiles files, Set<String> own, Set<Path> folders) {
    private static final Set<String> PARTS = Set.of("decision-tables", "rules");
    private static final int MAX_FILE = 64 << 20;
    private static final Path NONE = Path.of("").toAbsolutePath().getRoot();

    /**
     * Reads what is named.
     *
     * @param paths at least one
     * @param other the policy whose place files that lie in none take; null for the stock policy
     * @throws CommandFailure if something is not there, cannot be read, or is no policy
     */
    static CheckTarget of(List<Path> paths, @Nullable Path other, Phrases say) throws CommandFailure {
        Path first = paths.get(0);
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("input.missing", path)));
            }
            if (paths.size() > 1 && (Files.isDirectory(path) || isZip(path))) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("check.alone", path)));
            }
        }
        if (Files.isDirectory(first)) {
            return new CheckTarget(folder(first, say), Set.of(), parts(first));
        }
        if (isZip(first)) {
            PolicyFiles files = Objects.requireNonNull(sent(first, say).whole());
            PolicyFiles ruled = files.rules().isEmpty() ? files.withRulesOf(PolicyFiles.stock()) : files;
            return new CheckTarget(ruled, Set.of(), Set.of(folderOf(first)));
        }
        return files(paths, other, say);
    }

    private static boolean isZip(Path path) {
        return SentPolicy.isZip(path.toString());
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
    }

    private static Set<Path> parts(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        return Set.of(absolute, absolute.resolve("decision-tables"), absolute.resolve("rules"));
    }

    private static PolicyFiles folder(Path folder, Phrases say) throws CommandFailure {
        try {
            if (Stream.of("decision-tables", "rules").noneMatch(part -> Files.isDirectory(folder.resolve(part)))) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("check.noPolicy", folder)));
            }
            return PolicyFiles.folder(folder);
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("input.unreadable", folder)));
        }
    }

    /** A file as if it had been sent: a zip of a policy, or one file of it. */
    static SentPolicy sent(Path file, Phrases say) throws CommandFailure {
        var problems = new ArrayList<Problem>();
        SentPolicy sent = SentPolicy.of(String.valueOf(file.getFileName()), bytes(file, say), problems::add);
        if (sent == null) {
            throw CommandFailure.of(CommandFailure.USAGE, problems, say.locale());
        }
        return sent;
    }

    private static CheckTarget files(List<Path> paths, @Nullable Path other, Phrases say) throws CommandFailure {
        var contents = new LinkedHashMap<String, byte[]>();
        var folders = new TreeSet<Path>();
        var policies = new TreeSet<Path>();
        var places = new TreeSet<String>();
        for (Path path : paths) {
            String name = PolicyFiles.plain(String.valueOf(path.getFileName()));
            if (contents.put(name, bytes(path, say)) != null) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("check.twice", name)));
            }
            Path folder = folderOf(path);
            folders.add(folder);
            Path policy = policyOf(folder);
            policies.add(policy);
            places.add(policy.relativize(folder).resolve(name).toString().replace('\\', '/'));
        }
        if (policies.size() > 1) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("check.manyPolicies")));
        }
        Path policy = policies.first();
        boolean within = !policy.equals(NONE);
        Path base = within ? policy : other;
        PolicyFiles files = base == null ? PolicyFiles.stock() : folder(base, say);
        Set<String> own = Set.copyOf(contents.keySet());
        if (within && files.files().keySet().containsAll(places)) {
            return new CheckTarget(files, own, folders);
        }
        // Also what lies in a policy and is none of its files, such as an .xls: it is put there to be told of.
        var problems = new ArrayList<Problem>();
        PolicyFiles replaced = files.replacing(contents, problems::add);
        if (replaced == null) {
            throw CommandFailure.of(CommandFailure.USAGE, problems, say.locale());
        }
        return new CheckTarget(replaced, own, folders);
    }

    /** The policy that a folder is a part of; {@link #NONE} when it is none. */
    private static Path policyOf(Path folder) {
        for (Path part = folder; part != null && part.getParent() != null; part = part.getParent()) {
            String name = String.valueOf(part.getFileName());
            if (PARTS.contains(name)) {
                return part.getParent();
            }
            if (!name.equals("scenarios")) {
                return NONE;
            }
        }
        return NONE;
    }

    /**
     * What a file holds.
     *
     * @throws CommandFailure if it cannot be read, or is too large
     */
    static byte[] bytes(Path file, Phrases say) throws CommandFailure {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE + 1);
            if (bytes.length > MAX_FILE) {
                Problem large =
                        Problem.of(Code.TOO_LARGE, new FileRef(file.toString()), file, (MAX_FILE >> 20) + " MiB");
                throw new CommandFailure(CommandFailure.USAGE, List.of(large.line(say.locale())));
            }
            return bytes;
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("input.unreadable", file)));
        }
    }

    /** The workbooks or rule files that were named; all of them when none was. */
    boolean isNamed(String file) {
        return own.isEmpty() || own.contains(file);
    }

    /** Whether a finding matters to whoever named these files: anything about them, and elsewhere what is more than a note. */
    boolean concerns(Problem problem) {
        return isNamed(fileOf(problem)) || problem.code().severity() != ProblemSeverity.NOTE;
    }

    /** The name of the file that a problem is about, without its folder. */
    static String fileOf(Problem problem) {
        String file = problem.at().file();
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
