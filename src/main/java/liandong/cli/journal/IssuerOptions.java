package liandong.cli.journal;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import liandong.access.Issuer;
import liandong.access.Role;
import liandong.cli.terminal.CommandFailure;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whose tokens open the service beside keys. */
public final class IssuerOptions {
    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            converter = Address.class,
            description =
                    "Take, beside keys, access tokens of this issuer (OpenID Connect) that are signed JWTs made out to"
                            + " --oidc-audience: HTTPS, or an address of this machine, exactly as the issuer calls itself. None"
                            + " unless given; with it nobody gets in without a key or a token.")
    private @Nullable URI issuer;

    @Option(
            names = "--oidc-audience",
            paramLabel = "NAME",
            description = "What a token must be made out to (claim aud): what this service is called at the issuer.")
    private @Nullable String audience;

    @Option(
            names = "--oidc-name-claim",
            paramLabel = "CLAIM",
            description =
                    "The claim that says whose token it is, as it stands in journal and audit log; sub unless given."
                            + " Take one that nobody can change for themselves: who has the name of a key is taken for its"
                            + " owner.")
    private @Nullable String nameClaim;

    @Option(
            names = "--oidc-roles-claim",
            paramLabel = "CLAIM",
            description = "The claim that says what its owner is: a list, or words with spaces between; roles unless"
                    + " given. One within others with dots: realm_access.roles.")
    private @Nullable String rolesClaim;

    @Option(
            names = "--oidc-role",
            paramLabel = "WORD=ROLES",
            split = "\n", // in a file of settings, or a variable: a line each
            hideParamSyntax = true,
            converter = {Word.class, KeysCommand.RoleNames.class},
            description =
                    "What a word of that claim lets its owner do: some of caller, tester, editor, approver, auditor,"
                            + " officer, metrics, with commas between. May be given several times; without it, words that are"
                            + " such roles count.")
    private Map<String, KeysCommand.Roles> roles = new HashMap<>();

    private static final class Address implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            try {
                URI uri = URI.create(text);
                if (Issuer.isAddress(uri)) {
                    return uri;
                }
            } catch (IllegalArgumentException e) {
                // said below
            }
            throw new TypeConversionException(
                    "'" + text + "' is no address of HTTPS, nor one of HTTP on this machine, without ? and #");
        }
    }

    private static final class Word implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (text.isBlank()) {
                throw new TypeConversionException("'" + text + "' is no word");
            }
            return text;
        }
    }

    /**
     * Who issues tokens that are taken; null when none are.
     *
     * @throws CommandFailure if only a part of it is said
     */
    public @Nullable Issuer issuer(Locale language) throws CommandFailure {
        if (issuer != null && audience != null && !audience.isBlank()) {
            var words = new HashMap<String, Set<Role>>();
            roles.forEach((word, named) -> words.put(word, named.roles()));
            return new Issuer(
                    issuer,
                    audience,
                    nameClaim == null ? "sub" : nameClaim,
                    rolesClaim == null ? "roles" : rolesClaim,
                    words.isEmpty() ? Issuer.OWN_WORDS : Map.copyOf(words));
        }
        if (issuer == null && audience == null && nameClaim == null && rolesClaim == null && roles.isEmpty()) {
            return null;
        }
        throw CommandFailure.of(
                CommandFailure.USAGE, List.of(Problem.of(Code.HALF_AN_ISSUER, new FileRef("--oidc-issuer"))), language);
    }
}
