package liandong.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work with a policy on all cores, instead of a parallel stream: within the jar the threads of the common pool do not find
 * Drools, which looks for its parts by the class loader of the thread.
 */
public final class AllCores {
    private AllCores() {}

    /** How many threads work at once. */
    public static int count() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * What a function makes of each element, in their order. The calling thread works too. When the function throws, no
     * further element is begun, and the first exception is thrown here after the others have ended.
     */
    public static <T, R extends @Nullable Object> List<R> map(
            List<T> elements, Function<? super T, ? extends R> function) {
        @Nullable Object[] made = new Object[elements.size()];
        var next = new AtomicInteger();
        var failure = new AtomicReference<@Nullable Throwable>();
        Runnable work = () -> {
            for (int i = next.getAndIncrement(); i < made.length; i = next.getAndIncrement()) {
                try {
                    made[i] = function.apply(elements.get(i));
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                    next.set(made.length);
                }
            }
        };
        var others = new ArrayList<Thread>();
        for (int i = 1; i < Math.min(count(), made.length); i++) {
            others.add(thread("all-cores-" + i, work));
        }
        others.forEach(Thread::start);
        work.run();
        join(others);
        mustNotHaveFailed(failure.get());
        @SuppressWarnings("unchecked") // each is a result of the function
        var results = (List<R>) Arrays.asList(made);
        return results;
    }

    /**
     * Work that is begun at once in a thread of its own, beside whatever the caller does next.
     *
     * @return waits for its end; throws what it threw
     */
    public static <T extends @Nullable Object> Supplier<T> beside(String name, Supplier<T> work) {
        var made = new AtomicReference<@Nullable T>();
        var failure = new AtomicReference<@Nullable Throwable>();
        Thread thread = thread(name, () -> {
            try {
                made.set(work.get());
            } catch (RuntimeException | Error e) {
                failure.set(e);
            }
        });
        thread.start();
        return () -> {
            join(List.of(thread));
            mustNotHaveFailed(failure.get());
            @SuppressWarnings("NullAway") // null only if the work gave null
            T result = made.get();
            return result;
        };
    }

    /** A thread that ends with the program and finds Drools. */
    static Thread thread(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(AllCores.class.getClassLoader());
        return thread;
    }

    private static void mustNotHaveFailed(@Nullable Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    private static void join(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (true) {
                try {
                    thread.join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
