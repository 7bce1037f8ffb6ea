package liandong.replay;

import tools.jackson.databind.node.ObjectNode;

/** What has come of the decisions gone through so far. */
public interface Progress {
    /** How many decisions that are. */
    long looked();

    /** All that is needed to go on from here. */
    ObjectNode json();
}
