package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import liandong.wire.BadRequestException;
import liandong.wire.PeriodScoringDesk;
import liandong.wire.ScoringDesk;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/scoring} and {@code POST /v1/scoring/period}: one to be scored, or a stream of them. */
@RestController
class ScoringController {
    private final ScoringDesk cases;
    private final PeriodScoringDesk periods;
    private final Exchange exchange;

    ScoringController(ScoringDesk cases, PeriodScoringDesk periods, Exchange exchange) {
        this.cases = cases;
        this.periods = periods;
        this.exchange = exchange;
    }

    @PostMapping(path = "/v1/scoring", consumes = MediaType.APPLICATION_JSON_VALUE)
    void oneCase(HttpServletRequest request, HttpServletResponse response) throws IOException, BadRequestException {
        exchange.one(request, response, cases);
    }

    @PostMapping(path = "/v1/scoring", consumes = MediaType.APPLICATION_NDJSON_VALUE)
    void manyCases(HttpServletRequest request, HttpServletResponse response) throws IOException {
        exchange.many(request, response, cases);
    }

    @PostMapping(path = "/v1/scoring/period", consumes = MediaType.APPLICATION_JSON_VALUE)
    void onePeriod(HttpServletRequest request, HttpServletResponse response) throws IOException, BadRequestException {
        exchange.one(request, response, periods);
    }

    @PostMapping(path = "/v1/scoring/period", consumes = MediaType.APPLICATION_NDJSON_VALUE)
    void manyPeriods(HttpServletRequest request, HttpServletResponse response) throws IOException {
        exchange.many(request, response, periods);
    }
}
