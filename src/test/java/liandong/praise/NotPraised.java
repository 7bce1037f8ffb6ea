package liandong.praise;

import java.util.List;
import liandong.engine.Finding;
import liandong.table.RowRef;

/** No row does. */
public record NotPraised() implements Finding {
    @Override
    public List<RowRef> rows() {
        return List.of();
    }
}
