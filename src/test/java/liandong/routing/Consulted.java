package liandong.routing;

import java.util.Map;
import liandong.engine.Engine;

/** What routing rules may consult, for a test that asks the engine itself. */
public final class Consulted {
    private Consulted() {}

    public static final Engine.Globals GLOBALS = (policy, tables, timetable) ->
            Map.of("stagePlan", new StagePlan(timetable), "reader", new TextReader(TextIndex.of(policy), tables));
}
