package liandong.meaning;

import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a policy answers to some facts.
 *
 * @param essence what is to be done, without reasons and names, so that answers can be compared
 * @param whole the answer as it is given, when it is asked for; an object that says so when there is none
 */
record Answer(List<Object> essence, Supplier<ObjectNode> whole) {}
