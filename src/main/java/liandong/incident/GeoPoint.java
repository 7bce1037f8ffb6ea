package liandong.incident;

/**
 * A point on the map, in GCJ-02.
 *
 * @param longitude degrees east, −180 to 180
 * @param latitude degrees north, −90 to 90
 */
public record GeoPoint(double longitude, double latitude) {
    /** Krasovsky 1940, by which GCJ-02 shifts. */
    private static final double SEMI_MAJOR_AXIS = 6_378_245.0;

    private static final double ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;
    private static final double SHIFT_ORIGIN_LONGITUDE = 105;
    private static final double SHIFT_ORIGIN_LATITUDE = 35;

    /**
     * A point of either system. What WGS84 names is shifted as maps in China are; the arithmetic is that of
     * {@link StrictMath}, so that it is the same everywhere.
     */
    public static GeoPoint of(double longitude, double latitude, CoordinateSystem system) {
        if (system == CoordinateSystem.GCJ02) {
            return new GeoPoint(longitude, latitude);
        }
        double x = longitude - SHIFT_ORIGIN_LONGITUDE;
        double y = latitude - SHIFT_ORIGIN_LATITUDE;
        double radians = StrictMath.toRadians(latitude);
        double sine = StrictMath.sin(radians);
        double magic = 1 - ECCENTRICITY_SQUARED * sine * sine;
        double root = StrictMath.sqrt(magic);
        double north =
                StrictMath.toDegrees(northwards(x, y) * magic * root / (SEMI_MAJOR_AXIS * (1 - ECCENTRICITY_SQUARED)));
        double east = StrictMath.toDegrees(eastwards(x, y) * root / (SEMI_MAJOR_AXIS * StrictMath.cos(radians)));
        return new GeoPoint(longitude + east, latitude + north);
    }

    /** Metres by which a point is shifted to the north; source: the published approximation of GCJ-02. */
    private static double northwards(double x, double y) {
        return -100
                + 2 * x
                + 3 * y
                + 0.2 * y * y
                + 0.1 * x * y
                + 0.2 * StrictMath.sqrt(Math.abs(x))
                + waves(20, 6 * x, 20, 2 * x)
                + waves(20, y, 40, y / 3)
                + waves(160, y / 12, 320, y / 30);
    }

    /** The same to the east. */
    private static double eastwards(double x, double y) {
        return 300
                + x
                + 2 * y
                + 0.1 * x * x
                + 0.1 * x * y
                + 0.1 * StrictMath.sqrt(Math.abs(x))
                + waves(20, 6 * x, 20, 2 * x)
                + waves(20, x, 40, x / 3)
                + waves(150, x / 12, 300, x / 30);
    }

    private static double waves(double one, double of, double other, double ofOther) {
        return (one * StrictMath.sin(of * Math.PI) + other * StrictMath.sin(ofOther * Math.PI)) * 2 / 3;
    }
}
