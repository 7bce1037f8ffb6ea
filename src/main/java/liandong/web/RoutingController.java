package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import liandong.wire.BadRequestException;
import liandong.wire.RoutingDesk;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/routing}: one report, or a stream of them. */
@RestController
class RoutingController {
    private final RoutingDesk desk;
    private final Exchange exchange;

    RoutingController(RoutingDesk desk, Exchange exchange) {
        this.desk = desk;
        this.exchange = exchange;
    }

    @PostMapping(path = "/v1/routing", consumes = MediaType.APPLICATION_JSON_VALUE)
    void one(HttpServletRequest request, HttpServletResponse response) throws IOException, BadRequestException {
        exchange.one(request, response, desk);
    }

    @PostMapping(path = "/v1/routing", consumes = MediaType.APPLICATION_NDJSON_VALUE)
    void many(HttpServletRequest request, HttpServletResponse response) throws IOException {
        exchange.many(request, response, desk);
    }
}
