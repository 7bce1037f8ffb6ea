package liandong.wire;

import liandong.incident.Member;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;

/**
 * A policy as answers name it.
 *
 * @param version SHA-256 of its content, in hexadecimal
 * @param label what people call it
 */
public record PolicyRef(
        @Member(
                meaning = "SHA-256 of the policy's content, in hexadecimal",
                example = "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"")
        String version,

        @Member(meaning = "what people call it", example = "\"stock\"")
        String label) {

    /** A policy's. */
    public static PolicyRef of(Policy policy) {
        return new PolicyRef(policy.version(), policy.label());
    }

    /** The one that files make. */
    public static PolicyRef of(PolicyFiles files) {
        return new PolicyRef(files.version(), files.label());
    }
}
