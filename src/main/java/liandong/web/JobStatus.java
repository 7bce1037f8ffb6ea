package liandong.web;

import java.time.Instant;
import liandong.incident.Member;
import org.jspecify.annotations.Nullable;

/** How a job stands, as callers are told. */
record JobStatus(
        @Member(meaning = "its id", example = "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"")
        String id,

        @Member(
                meaning =
                        "RUNNING: it waits for its turn, or is at work; DONE: the answer is there; FAILED: the answer says why"
                                + " there is no better one; CANCELLED: it was ended, and nothing has come of it; INTERRUPTED: the same, because the service"
                                + " stops: send the request again in a minute, to whichever process answers")
        JobState state,

        @Member(meaning = "the request that it answers", example = "\"POST /v1/policies/3/check\"")
        String request,

        @Member(meaning = "when it was begun") Instant begun,

        @Member(meaning = "when it ended; absent before that") @Nullable
        Instant ended,

        @Member(
                meaning = "how much is done: cases, decisions or parts; absent where that is not known, or not yet",
                example = "120")
        @Nullable
        Long done,

        @Member(meaning = "how much there is to do; absent where that is not known", example = "543") @Nullable
        Long of,

        @Member(meaning = "true when it is to be cancelled and has not come to where it can end") @Nullable
        Boolean stopping,

        @Member(meaning = "the status of the answer; absent while there is none", example = "200") @Nullable
        Integer status,

        @Member(
                meaning = "where the answer is; absent while there is none",
                example = "\"/v1/jobs/8e03978e-40d5-43dd-bc93-6894a57f9324/result\"")
        @Nullable
        String result) {}
