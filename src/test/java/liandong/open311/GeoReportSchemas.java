package liandong.open311;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether documents are as GeoReport v2 has them.
 *
 * <p>The XML by {@code georeport-v2.xsd} of the tests. With {@code -Dopen311.schemas=DIR} the JSON too, by the files of
 * open311/schema-validation ({@code schema/georeport-v2}), which have no licence and are not part of these sources.
 */
public final class GeoReportSchemas {
    private static final javax.xml.validation.Schema XML = xml();
    private static final JsonMapper JSON = new JsonMapper();

    private GeoReportSchemas() {}

    private static javax.xml.validation.Schema xml() {
        try {
            return SchemaFactory.newDefaultInstance()
                    .newSchema(GeoReportSchemas.class.getResource("/open311/georeport-v2.xsd"));
        } catch (SAXException e) {
            throw new AssertionError(e);
        }
    }

    /** What is wrong with a document in XML; empty when nothing is. */
    public static List<String> faults(String xml) {
        Validator validator = XML.newValidator();
        try {
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.validate(new StreamSource(new StringReader(xml)));
            return List.of();
        } catch (SAXException e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * What is wrong with a document in JSON; empty when nothing is, and when the files are not here.
     *
     * @param file of the element where it is a list, e.g. {@code "request.json"}
     */
    public static List<String> faults(String file, String json) {
        String folder = System.getProperty("open311.schemas");
        if (folder == null) {
            return List.of();
        }
        try {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(Files.readString(Path.of(folder, file)));
            JsonNode document = JSON.readTree(json);
            var faults = new ArrayList<String>();
            Iterable<JsonNode> each = document.isArray() ? document : List.of(document);
            each.forEach(one -> schema.validate(one).forEach(error -> faults.add(error.toString())));
            return faults;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
