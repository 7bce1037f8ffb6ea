package liandong.routing;

import liandong.incident.Body;
import liandong.incident.Member;
import liandong.incident.Member.Role;

/**
 * The lawful way of its own that a matter has (告知法定途径).
 *
 * @param channel who is in charge of that way
 * @param say the words to say to the reporter
 * @param protectInformant whether nothing that names the reporter may go beyond the channel
 */
public record Referral(
        @Member(label = "受理单位 Channel", meaning = "the body in charge of that way", role = Role.LEAD)
        Body channel,

        @Member(
                label = "告知用语 Words to say",
                meaning = "the words to say to the reporter",
                example = "\"请向纪检监察机关反映，电话12388\"",
                role = Role.WHY)
        String say,

        @Member(
                label = "保护举报人 Protect informant",
                meaning = "whether nothing that names the reporter may go beyond the channel")
        boolean protectInformant) {}
