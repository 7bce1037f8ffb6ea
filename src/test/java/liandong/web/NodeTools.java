package liandong.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Programs of npm that tests ask, brought by {@code npm install --prefix target/clients}; without one a test says so. */
final class NodeTools {
    static final Path FOLDER = Path.of("target", "clients", "node_modules");

    private NodeTools() {}

    /** @param name what npm installs, with its version */
    static void assumeThere(Path tool, String name) {
        boolean there = Files.exists(tool);
        String how = "npm install --prefix target/clients " + name + " brings it";
        if (!there) {
            System.err.println("SKIPPED: " + tool + " is missing; " + how);
        }
        assumeTrue(there, tool + " is missing; " + how);
    }
}
