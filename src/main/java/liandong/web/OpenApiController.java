package liandong.web;

import java.nio.charset.StandardCharsets;
import liandong.openapi.OpenApiDocument;
import liandong.wire.Json;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /openapi.yaml} and {@code /openapi.json}: what callers may ask, and what they get. */
@RestController
class OpenApiController {
    static final String YAML = "application/yaml";

    /** Made when somebody first asks: a service that nobody asks for it starts sooner. */
    private static final class Made {
        private static final byte[] YAML_BYTES =
                OpenApiDocument.yaml(Contract.document()).getBytes(StandardCharsets.UTF_8);
        private static final byte[] JSON_BYTES = Json.write(Contract.document()).getBytes(StandardCharsets.UTF_8);
    }

    @GetMapping(path = "/openapi.yaml", produces = YAML)
    ResponseEntity<byte[]> yaml() {
        return ResponseEntity.ok().body(Made.YAML_BYTES.clone());
    }

    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> json() {
        return ResponseEntity.ok().body(Made.JSON_BYTES.clone());
    }
}
