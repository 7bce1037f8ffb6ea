package liandong.cli.journal;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.LanguageOption;
import liandong.explain.Phrases;
import liandong.store.Database;
import liandong.store.StoreException;
import picocli.CommandLine.Mixin;

/** The options of all commands that work on the store: where it is, and the language. */
public final class StoreCommandOptions {
    @Mixin
    private LanguageOption language = new LanguageOption();

    @Mixin
    private StoreOptions store = new StoreOptions();

    /**
     * Something done with the store open.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Work<T> {
        T on(Database database) throws CommandFailure, IOException;
    }

    public Locale locale() {
        return language.locale();
    }

    public Phrases phrases() {
        return language.phrases();
    }

    /**
     * Does something with the store, which must be there.
     *
     * @throws CommandFailure if it is not, or cannot be used
     */
    public <T> T existing(Work<T> work) throws CommandFailure, IOException {
        return with(store.openExisting(locale()), work);
    }

    /**
     * Does something with the store, which is made if it is not there.
     *
     * @throws CommandFailure if it cannot be used
     */
    public <T> T made(Work<T> work) throws CommandFailure, IOException {
        return with(store.openOrMake(locale()), work);
    }

    private <T> T with(Database opened, Work<T> work) throws CommandFailure, IOException {
        try (Database database = opened) {
            return work.on(database);
        } catch (StoreException e) {
            throw CommandFailure.of(CommandFailure.USAGE, List.of(e.problem()), locale());
        }
    }
}
