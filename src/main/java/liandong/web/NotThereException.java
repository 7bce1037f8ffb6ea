package liandong.web;

/** What was asked for by its id is not there. */
final class NotThereException extends Exception {
    private static final long serialVersionUID = 1L;
}
