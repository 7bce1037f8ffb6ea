package liandong.store;

/**
 * A key that a caller sent with a request, as it is kept: nothing of the key or the request can be read from it.
 *
 * @param id of the key: a hash of who sent it, of the key, and of the line in a stream
 * @param request a hash of the key and of what was asked under it
 */
public record RequestKey(String id, String request) {}
