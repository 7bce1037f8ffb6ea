package liandong.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liandong.incident.Matter;
import liandong.policy.Policy;
import liandong.table.Row;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/** The rows of a policy by their ids. */
public final class PolicyRows {
    private final Map<String, Row> rows = new HashMap<>();
    private final Map<String, Table<? extends Row>> tables = new HashMap<>();

    public PolicyRows(Policy policy) {
        for (Table<? extends Row> table : policy.tables()) {
            for (Row row : table.rows()) {
                rows.put(row.ref().id(), row);
                tables.put(row.ref().id(), table);
            }
        }
    }

    /** The row of an id; null when there is none. */
    @Nullable
    public Row row(@Nullable String id) {
        return rows.get(id);
    }

    /** The words of a row that the matter's text has; see {@link Table#hits}. */
    public List<Table.Hit> hits(String id, Matter matter) {
        Table<? extends Row> table = tables.get(id);
        return table == null ? List.of() : table.hits(id, matter);
    }

    /** The words of a row that the matter's text has, each once. */
    public List<String> words(String id, Matter matter) {
        Set<String> words = new LinkedHashSet<>();
        hits(id, matter).forEach(hit -> words.add(hit.word()));
        return new ArrayList<>(words);
    }
}
