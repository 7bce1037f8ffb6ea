package liandong;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where a service sends what its requests are made of; nowhere, unless a collector is named. */
final class TraceOptions {
    @Option(
            names = "--otlp",
            paramLabel = "URL",
            converter = Address.class,
            description =
                    "Send traces (OpenTelemetry) to this collector, by OTLP over HTTP: such as http://collector:4318. A request"
                            + " belongs to the trace that its header traceparent names (W3C Trace Context), which the journal and"
                            + " the log then name too. None unless given.")
    private @Nullable URI collector;

    private static final class Address implements ITypeConverter<URI> {
        @Override
        public URI convert(String value) {
            try {
                var uri = new URI(value);
                boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                // Who connects has no place in it: --print-config prints it.
                if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // said below
            }
            // Without what was given: a password may stand in it.
            throw new TypeConversionException("this is no address of HTTP or HTTPS, or one with a user in it");
        }
    }

    /** The collector; null when there is none. */
    @Nullable
    URI collector() {
        return collector;
    }
}
