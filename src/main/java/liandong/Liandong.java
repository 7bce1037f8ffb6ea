package liandong;

/** Starts the service or one of its commands. */
public final class Liandong {
    private Liandong() {}

    /** Runs one command.
     *
     * @param args a command and its options, see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(args.length);
    }
}
