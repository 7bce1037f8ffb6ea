package liandong.web;

import java.util.function.Supplier;
import liandong.decision.VocabularyJson;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.wire.FactReader;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/vocabulary}: every word the policy knows, and what the codes of an outside scheme mean in its words. */
@RestController
class VocabularyController {
    private final Supplier<Policy> policy;

    VocabularyController(Supplier<Policy> policy) {
        this.policy = policy;
    }

    /** The words; tagged with the policy's version, so that a caller who has them is told so in one line. */
    @GetMapping(path = "/v1/vocabulary", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> vocabulary(@RequestParam(name = "scheme", required = false) @Nullable String scheme)
            throws NotThereException {
        Policy current = policy.get();
        VocabularyJson words = VocabularyJson.of(current, scheme);
        if (words == null) {
            throw new NotThereException(Problem.of(
                    Code.UNKNOWN_SCHEME,
                    new FileRef("scheme"),
                    FactReader.shortened(String.valueOf(scheme)),
                    String.join(", ", VocabularyJson.schemes(current))));
        }
        return ResponseEntity.ok().eTag(current.version()).body(Json.write(words));
    }
}
