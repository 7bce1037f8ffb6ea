package liandong.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands before a service, hands on what it is sent, and loses the answer of every other connection, the first to begin with:
 * whoever asked sees it end.
 */
final class Dropping implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private int connections; // of the one thread that accepts them
    private final int service;

    /** Before the service at a port of this machine. */
    Dropping(int service) throws IOException {
        this.service = service;
        start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private static void start(Runnable what) {
        Thread thread = new Thread(what, "dropping");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket asking = socket.accept();
                boolean loses = connections++ % 2 == 0;
                start(() -> handOn(asking, loses));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void handOn(Socket asking, boolean loses) {
        try (asking;
                Socket asked = new Socket(InetAddress.getLoopbackAddress(), service)) {
            start(() -> {
                try {
                    asking.getInputStream().transferTo(asked.getOutputStream());
                } catch (IOException e) {
                    return; // the other way has ended
                }
            });
            InputStream answer = asked.getInputStream();
            if (loses) {
                answer.read(); // it has been decided, and kept
            } else {
                answer.transferTo(asking.getOutputStream());
            }
        } catch (IOException e) {
            return; // whoever asks sees that
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
