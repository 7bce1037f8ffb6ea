package liandong.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/**
 * What becomes of a connection to SQLite on which something failed.
 *
 * <p>SQLite may end a transaction by itself when something fails; the driver does not notice, and would go on with each
 * statement by itself. So a connection on which anything but a broken constraint occurred is used no more.
 */
final class AfterFailure implements SQLExceptionOverride {
    private static final int FIRST_BYTE = 0xFF;

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException thrown) {
        boolean constraint = (thrown.getErrorCode() & FIRST_BYTE) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
        return constraint ? SQLExceptionOverride.Override.DO_NOT_EVICT : SQLExceptionOverride.Override.MUST_EVICT;
    }
}
