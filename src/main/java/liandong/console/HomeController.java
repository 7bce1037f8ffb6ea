package liandong.console;

import java.time.Clock;
import java.util.function.Supplier;
import liandong.policy.Policy;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /console}: what is live, and where one may go. */
@Controller
class HomeController {
    private final Supplier<Policy> policy;
    private final Clock clock;

    HomeController(Supplier<Policy> policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    @GetMapping(ConsoleRoutes.HOME)
    String home(Model model) {
        Policy live = policy.get();
        model.addAttribute("policy", live);
        model.addAttribute("account", live.account(live.day(clock.instant())));
        return "home";
    }
}
