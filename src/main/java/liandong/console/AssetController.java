package liandong.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import liandong.digest.Sha256;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.FactReader;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Scripts, styles and pictures of the pages: a few files, kept in memory. Their address holds a hash of what they are, so
 * browsers need not ask for them again, and never show a page with those of another release.
 */
@Controller
class AssetController {
    private static final String OURS = "/liandong/console/assets/";
    private static final String HTMX = "/META-INF/maven/org.webjars.npm/htmx.org/pom.properties";
    private static final int HASH_SHOWN = 6;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Map<String, MediaType> TYPES = Map.of(
            "css", new MediaType("text", "css", StandardCharsets.UTF_8),
            "js", new MediaType("text", "javascript", StandardCharsets.UTF_8),
            "svg", new MediaType("image", "svg+xml"));

    private final Map<String, byte[]> files = new TreeMap<>();
    private final String address;

    AssetController() {
        var version = new Properties();
        try (InputStream in = stream(HTMX)) {
            version.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.put("console.css", read(OURS + "console.css"));
        files.put("console.js", read(OURS + "console.js"));
        files.put("icon.svg", read(OURS + "icon.svg"));
        files.put(
                "htmx.js",
                read("/META-INF/resources/webjars/htmx.org/" + version.getProperty("version") + "/dist/htmx.min.js"));
        var all = new StringBuilder();
        files.forEach((name, bytes) -> all.append(name).append(Sha256.hex(bytes)));
        String hash =
                HexFormat.of().formatHex(Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8)), 0, HASH_SHOWN);
        address = "/console/assets/" + hash + "/";
    }

    private static InputStream stream(String path) {
        return Objects.requireNonNull(AssetController.class.getResourceAsStream(path), path);
    }

    private static byte[] read(String path) {
        try (InputStream in = stream(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where they are, with a slash at the end. */
    String address() {
        return address;
    }

    @GetMapping("/console/assets/{hash}/{name}")
    ResponseEntity<byte[]> asset(@PathVariable("name") String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new RefusedException(Refusal.of(
                    HttpStatus.NOT_FOUND,
                    Problem.of(Code.NOT_FOUND, new RequestPointer(""), FactReader.shortened(name))));
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(YEAR).cachePublic().immutable())
                .contentType(Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1))))
                .body(bytes);
    }
}
