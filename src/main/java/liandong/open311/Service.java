package liandong.open311;

import liandong.incident.Member;
import org.jspecify.annotations.Nullable;

/** A kind of request that is accepted, as GeoReport lists it. */
public record Service(
        @Member(name = "service_code", meaning = "the code that a request is sent with", example = "\"STREET_LIGHT\"")
        String code,

        @Member(name = "service_name", meaning = "what people call it", example = "\"路灯故障\"")
        String name,

        @Member(meaning = "the class and topic it belongs to", example = "\"公用设施，城乡建设\"")
        String description,

        @Member(meaning = "whether a request needs attributes, which its definition names")
        boolean metadata,

        @Member(meaning = "always realtime: a request has its id at once", example = "\"realtime\"")
        String type,

        @Member(meaning = "other names it goes by, separated by commas; absent for none", example = "\"路灯不亮, 灯杆损坏\"")
        @Nullable
        String keywords,

        @Member(meaning = "the category it is counted in", example = "\"公共服务\"")
        String group) {}
