package liandong.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.LineBreak;
import tools.jackson.databind.JsonNode;

/** JSON as YAML, for people to read. */
final class Yaml {
    private static final int WIDTH = 120;

    private Yaml() {}

    static String write(JsonNode document) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setLineBreak(LineBreak.UNIX);
        options.setWidth(WIDTH);
        options.setIndent(2);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setAllowUnicode(true);
        // Anchors are for those who write by hand.
        options.setDereferenceAliases(true);
        return new org.yaml.snakeyaml.Yaml(options).dump(plain(document));
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            var object = new LinkedHashMap<String, @Nullable Object>();
            node.properties().forEach(each -> object.put(each.getKey(), plain(each.getValue())));
            return object;
        }
        if (node.isArray()) {
            var array = new ArrayList<@Nullable Object>();
            node.forEach(each -> array.add(plain(each)));
            return array;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return node.decimalValue().scale() <= 0 ? (Object) node.longValue() : node.doubleValue();
        }
        return node.isNull() ? null : node.stringValue();
    }
}
