package liandong.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the service is measured beside: Spring Boot with the same Tomcat, as it comes, with one endpoint that reads the request
 * as a tree of JSON and writes an answer of ours, which it has as a tree. It neither decides nor keeps anything, and asks nobody
 * for a key.
 */
final class EmptyServer {
    private EmptyServer() {}

    /** What it is made of. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    static class Configuration {}

    /** Its endpoint. */
    @RestController
    static class Endpoint {
        private final JsonNode answer;

        Endpoint(JsonNode answer) {
            this.answer = answer;
        }

        @PostMapping("/v1/routing")
        JsonNode answer(@RequestBody JsonNode request) {
            return request.isObject() ? answer : request;
        }
    }

    /** @param args the file of the answer */
    public static void main(String... args) throws IOException {
        JsonNode answer = JsonMapper.shared().readTree(Files.readString(Path.of(args[0])));
        var context = new SpringApplicationBuilder(Configuration.class)
                .bannerMode(Banner.Mode.OFF)
                .properties(Map.of(
                        "spring.config.location", "optional:file:/none/",
                        "spring.main.log-startup-info", false,
                        "server.tomcat.max-keep-alive-requests", 10_000,
                        "server.address", "127.0.0.1",
                        "server.port", 0))
                .initializers(beans -> beans.getBeanFactory().registerSingleton("endpoint", new Endpoint(answer)))
                .run();
        System.err.println("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }
}
