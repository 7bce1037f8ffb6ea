package liandong.incident;

import java.util.List;

/**
 * Where an area lies on the map (区域范围).
 *
 * @param area the area
 * @param vertices the corners of its outline in turn; two stand for the rectangle between them
 */
public record AreaOutline(Area area, List<GeoPoint> vertices) {
    /** Whether a point lies within; of outlines that touch, a point of the common border lies in one at most. */
    public boolean contains(GeoPoint point) {
        if (vertices.size() == 2) {
            GeoPoint one = vertices.get(0);
            GeoPoint other = vertices.get(1);
            return between(one.longitude(), point.longitude(), other.longitude())
                    && between(one.latitude(), point.latitude(), other.latitude());
        }
        boolean within = false;
        GeoPoint last = vertices.get(vertices.size() - 1);
        for (GeoPoint next : vertices) {
            boolean crosses = (next.latitude() > point.latitude()) != (last.latitude() > point.latitude());
            if (crosses && point.longitude() < longitudeAt(last, next, point.latitude())) {
                within = !within;
            }
            last = next;
        }
        return within;
    }

    private static boolean between(double one, double value, double other) {
        return Math.min(one, other) <= value && value < Math.max(one, other);
    }

    /** Where the line through two points has a latitude. */
    private static double longitudeAt(GeoPoint from, GeoPoint to, double latitude) {
        double share = (latitude - from.latitude()) / (to.latitude() - from.latitude());
        return from.longitude() + share * (to.longitude() - from.longitude());
    }
}
