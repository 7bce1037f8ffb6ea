package liandong.incident;

/** What longitude and latitude are counted by (坐标系). */
public enum CoordinateSystem implements Term {
    /** That of satellite receivers. */
    WGS84("WGS84"),
    /** That of maps published in China, which lies some hundred metres off. */
    GCJ02("GCJ-02");

    private final String label;

    CoordinateSystem(String label) {
        this.label = label;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return label;
    }
}
