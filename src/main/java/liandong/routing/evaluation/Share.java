package liandong.routing.evaluation;

/**
 * So many of so many.
 *
 * @param count how many
 * @param of of how many
 */
record Share(int count, int of) {
    /** To four decimals; 0 when there is nothing to take a share of. */
    double ratio() {
        return of == 0 ? 0 : Math.round(10_000.0 * count / of) / 10_000.0;
    }
}
