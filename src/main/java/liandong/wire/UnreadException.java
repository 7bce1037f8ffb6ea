package liandong.wire;

import java.io.IOException;
import liandong.problem.Code;

/** The rest of what somebody sends is not read, and they can still be told so. */
public final class UnreadException extends IOException {
    private static final long serialVersionUID = 1;

    private final Code code;
    private final int status;

    /**
     * Of a stream of requests.
     *
     * @param code of the problem, whose sentence quotes the first line that was not read
     * @param status the HTTP status that a single request would get
     */
    public UnreadException(Code code, int status) {
        this.code = code;
        this.status = status;
    }

    Code code() {
        return code;
    }

    int status() {
        return status;
    }
}
