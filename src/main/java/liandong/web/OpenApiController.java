package liandong.web;

import java.nio.charset.StandardCharsets;
import liandong.decision.Decisions;
import liandong.openapi.OpenApiDocument;
import liandong.wire.Json;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code GET /openapi.yaml} and {@code /openapi.json}: what callers may ask, and what they get. */
@RestController
class OpenApiController {
    static final String YAML = "application/yaml";

    private final byte[] yaml;
    private final byte[] json;

    OpenApiController() {
        JsonNode document = Routes.document(Decisions.all());
        yaml = OpenApiDocument.yaml(document).getBytes(StandardCharsets.UTF_8);
        json = Json.write(document).getBytes(StandardCharsets.UTF_8);
    }

    @GetMapping(path = "/openapi.yaml", produces = YAML)
    ResponseEntity<byte[]> yaml() {
        return ResponseEntity.ok().body(yaml.clone());
    }

    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> json() {
        return ResponseEntity.ok().body(json.clone());
    }
}
