package liandong;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liandong.cli.terminal.CommandFailure;
import liandong.explain.Phrases;
import liandong.outbox.Receiver;
import liandong.outbox.WebhookKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who is sent what is decided; nobody, unless somebody is named. */
final class WebhookOptions {
    @Option(
            names = "--webhook",
            paramLabel = "NAME=URL",
            split = "\n", // in a file of settings, or a variable: a line each
            hideParamSyntax = true,
            description =
                    "Send every decision to this address too, from when it is first named on, signed with the key of"
                            + " --webhook-key: HTTP or HTTPS. May be given several times; nobody unless given. NAME is what the"
                            + " command webhooks and the metrics call the receiver: letters, digits, . _ -")
    private Map<String, String> urls = new LinkedHashMap<>();

    @Option(
            names = "--webhook-key",
            paramLabel = "NAME=FILE",
            split = "\n", // in a file of settings, or a variable: a line each
            hideParamSyntax = true,
            description =
                    "File with the key of a receiver: Base64 of 24 to 64 bytes, with whsec_ before it or not. Of several"
                            + " lines each signs, so that a receiver can change over.")
    private Map<String, Path> keys = new LinkedHashMap<>();

    /**
     * Who is sent what is decided.
     *
     * @throws CommandFailure if a name, an address or a key is none, or one lacks the other
     */
    List<Receiver> receivers(Phrases say) throws CommandFailure {
        var faults = new ArrayList<String>();
        var receivers = new ArrayList<Receiver>();
        urls.forEach((name, text) -> {
            URI url = url(text);
            if (!Receiver.isName(name)) {
                faults.add(say.of("webhook.badName", name, Receiver.LONGEST_NAME));
            } else if (url == null) {
                faults.add(say.of("webhook.badUrl", name));
            } else if (keys.get(name) == null) {
                faults.add(say.of("webhook.noKey", name));
            } else {
                List<WebhookKey> read = read(keys.get(name));
                if (read == null) {
                    faults.add(say.of("webhook.badKey", String.valueOf(keys.get(name))));
                } else {
                    receivers.add(new Receiver(name, url, read));
                }
            }
        });
        keys.keySet().stream()
                .filter(name -> !urls.containsKey(name))
                .forEach(name -> faults.add(say.of("webhook.noUrl", name)));
        if (!faults.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, faults);
        }
        return List.copyOf(receivers);
    }

    /** An address; null when it is none, or says who asks, which belongs into no list of processes. */
    private static @Nullable URI url(String text) {
        try {
            URI url = URI.create(text);
            return List.of("http", "https").contains(url.getScheme())
                            && url.getHost() != null
                            && url.getUserInfo() == null
                            && url.getFragment() == null
                    ? url
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The keys in a file, one a line; null when it cannot be read, or has none, or something else. */
    private static @Nullable List<WebhookKey> read(Path file) {
        var read = new ArrayList<WebhookKey>();
        try {
            for (String line : Files.readAllLines(file)) {
                WebhookKey key = line.isBlank() ? null : WebhookKey.of(line.strip());
                if (key != null) {
                    read.add(key);
                } else if (!line.isBlank()) {
                    return null;
                }
            }
        } catch (IOException e) {
            return null;
        }
        return read.isEmpty() ? null : List.copyOf(read);
    }
}
