package liandong.cli.terminal;

import picocli.CommandLine.Option;

/** The option to be given JSON instead of text for people. */
public final class JsonOption {
    @Option(names = "--json", description = "Print the result as one JSON document.")
    private boolean given;

    public boolean isGiven() {
        return given;
    }
}
