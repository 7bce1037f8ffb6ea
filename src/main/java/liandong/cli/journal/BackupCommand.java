package liandong.cli.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.LanguageOption;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.store.StoreCopy;
import liandong.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code journal backup}. */
@Command(
        name = "backup",
        description = {
            "Copies a SQLite store, with policies, decisions, keys and audit log, into a new file, as it is at one moment;"
                    + " the service goes on meanwhile. The file is there whole or not at all, SQLite has looked through"
                    + " it, and nobody but its owner may read it. It is a store: to go back to it, stop the service and"
                    + " put it in the place of the store, without the -wal and -shm files of that.",
            "",
            "The key of personal fields is not in it: keep that elsewhere. A PostgreSQL is copied by pg_dump.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:the copy is there",
            "2:there is such a file already, or it cannot be written, or the store cannot be used or is no SQLite"
        })
public final class BackupCommand implements Callable<Integer> {
    private final Terminal shell;

    @Parameters(paramLabel = "FILE", description = "The new file.")
    private Path copy = Path.of("");

    @Mixin
    private LanguageOption language = new LanguageOption();

    @Mixin
    private StoreOptions store = new StoreOptions();

    public BackupCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        Phrases say = language.phrases();
        Path file = store.file();
        if (file == null) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("backup.noFile", store.place())));
        }
        if (!Files.exists(file)) {
            throw CommandFailure.of(
                    CommandFailure.USAGE,
                    List.of(Problem.of(Code.NO_STORE, new FileRef(file.toString()), file.toString())),
                    language.locale());
        }
        try {
            long bytes = StoreCopy.of(file, copy);
            shell.err().println(say.of("backup.done", copy, bytes));
            return 0;
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("backup.taken", copy)));
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("backup.unwritable", copy)));
        } catch (StoreException e) {
            throw CommandFailure.of(CommandFailure.USAGE, List.of(e.problem()), language.locale());
        }
    }
}
