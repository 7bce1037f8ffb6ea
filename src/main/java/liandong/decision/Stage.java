package liandong.decision;

import java.time.OffsetDateTime;

/**
 * One stage of an assignment with its times (阶段).
 *
 * @param order its place among the stages
 * @param name what is done in it
 * @param limit how long it may take
 * @param start what the limit counts from
 * @param due when it must be done at the latest
 * @param row id of the row that says so
 */
public record Stage(int order, String name, Limit limit, OffsetDateTime start, OffsetDateTime due, String row) {}
