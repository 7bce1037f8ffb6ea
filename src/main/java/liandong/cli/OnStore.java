package liandong.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import liandong.store.Database;
import liandong.store.StoreException;
import picocli.CommandLine.Mixin;

/** The options of all commands that work on the store: where it is, and the language. */
final class OnStore {
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
    interface Work<T> {
        T on(Database database) throws Stop, IOException;
    }

    Locale locale() {
        return language.locale();
    }

    Phrases phrases() {
        return language.phrases();
    }

    /**
     * Does something with the store, which must be there.
     *
     * @throws Stop if it is not, or cannot be used
     */
    <T> T existing(Work<T> work) throws Stop, IOException {
        return with(store.openExisting(locale()), work);
    }

    /**
     * Does something with the store, which is made if it is not there.
     *
     * @throws Stop if it cannot be used
     */
    <T> T made(Work<T> work) throws Stop, IOException {
        return with(store.openOrMake(locale()), work);
    }

    private <T> T with(Database opened, Work<T> work) throws Stop, IOException {
        try (Database database = opened) {
            return work.on(database);
        } catch (StoreException e) {
            throw Stop.of(Stop.USAGE, List.of(e.problem()), locale());
        }
    }
}
