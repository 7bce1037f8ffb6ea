package liandong.console;

import java.util.Locale;
import java.util.function.Supplier;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.web.Contract;
import liandong.wire.FactReader;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /docs}: the contract for other systems, for people. */
@Controller
class ContractController {
    /** Made when somebody first looks. */
    private static final class Made {
        private static final ContractPages PAGES = new ContractPages(Contract.document());
    }

    private final Supplier<Policy> policy;

    ContractController(Supplier<Policy> policy) {
        this.policy = policy;
    }

    @GetMapping("/docs")
    String begin() {
        return "redirect:" + ConsoleRoutes.DOCS;
    }

    @GetMapping(ConsoleRoutes.DOCS)
    String contract(Model model) {
        model.addAttribute("groups", Made.PAGES.groups());
        model.addAttribute("schemas", Made.PAGES.schemas());
        return "contract";
    }

    @GetMapping(ConsoleRoutes.DOCS_OPERATION)
    String operation(@PathVariable("operation") String id, Model model) {
        Locale language = LocaleContextHolder.getLocale();
        model.addAttribute(
                "operation",
                there(Made.PAGES.operation(id, language, policy.get().vocabulary()), id));
        return "contract-operation";
    }

    @GetMapping(ConsoleRoutes.DOCS_SCHEMA)
    String schema(@PathVariable("name") String name, Model model) {
        model.addAttribute("schema", there(Made.PAGES.schema(name), name));
        return "contract-schema";
    }

    private static <T> T there(@Nullable T found, String name) {
        if (found == null) {
            throw new RefusedException(Refusal.of(
                    HttpStatus.NOT_FOUND,
                    Problem.of(Code.NOT_FOUND, new RequestPointer(""), FactReader.shortened(name))));
        }
        return found;
    }
}
