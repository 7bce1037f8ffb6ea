package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses bodies that would not be read as they are meant: packed ones, and JSON in another encoding than UTF-8. */
@Component
final class BodyInterceptor implements HandlerInterceptor, WebMvcConfigurer {
    private static final RequestPointer ROOT = new RequestPointer("");
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\";\\s]*)");
    private static final Pattern JSON = Pattern.compile("(?i)application/(x-nd|cloudevents(-batch)?\\+)?json\\b.*");

    /** The second is a part of the first. */
    private static final Set<String> READ = Set.of("utf-8", "utf8", "us-ascii", "ascii");

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws BadRequestException {
        if (request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
            return true; // has no body
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            throw refused(Problem.of(Code.CONTENT_ENCODING, ROOT, FactReader.shortened(encoding)));
        }
        String charset = otherCharset(request.getContentType());
        if (charset != null) {
            throw refused(Problem.of(Code.UNSUPPORTED_CHARSET, ROOT, FactReader.shortened(charset)));
        }
        return true;
    }

    private static BadRequestException refused(Problem problem) {
        return new BadRequestException(false, List.of(problem));
    }

    /** The charset that JSON is said to be in; null when it is none, or one that is read. */
    static @Nullable String otherCharset(@Nullable String contentType) {
        if (contentType == null || !JSON.matcher(contentType.strip()).matches()) {
            return null;
        }
        Matcher charset = CHARSET.matcher(contentType);
        return charset.find() && !READ.contains(charset.group(1).toLowerCase(Locale.ROOT)) ? charset.group(1) : null;
    }
}
