package liandong.cli;

import picocli.CommandLine.Option;

/** The option to be given JSON instead of text for people. */
final class JsonOption {
    @Option(names = "--json", description = "Print the result as one JSON document.")
    private boolean given;

    boolean isGiven() {
        return given;
    }
}
