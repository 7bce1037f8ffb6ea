package liandong.web;

import java.util.function.Supplier;
import liandong.decision.VocabularyJson;
import liandong.policy.Policy;
import liandong.wire.Json;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/vocabulary}: every word the policy knows. */
@RestController
class VocabularyController {
    private final Supplier<Policy> policy;

    VocabularyController(Supplier<Policy> policy) {
        this.policy = policy;
    }

    /** The words; tagged with the policy's version, so that a caller who has them is told so in one line. */
    @GetMapping(path = "/v1/vocabulary", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> vocabulary() {
        Policy current = policy.get();
        return ResponseEntity.ok().eTag(current.version()).body(Json.write(VocabularyJson.of(current)));
    }
}
