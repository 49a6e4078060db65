pragma Singleton
import QtQuick

// Texts for the state of a request and for the answer of an associate.
QtObject {
    // `brings`: a thing is brought; otherwise a person comes.
    function title(state: string, brings: bool, by: string, searching: bool, answer: string): string {
        switch (state) {
        case "sending":
            return qsTr("Being sent");
        case "unsent":
            return qsTr("Not sent yet");
        case "received":
            return searching ? qsTr("We are finding someone") : qsTr("Received");
        case "claimed":
            if (answer === "please-come-out")
                //: %1 is an associate's first name, who waits outside the fitting room. Nothing is brought.
                return SharedTexts.filled(qsTr("%1 asks you to come out"), [by]);
            //: %1 is an associate's first name.
            return brings ? SharedTexts.filled(qsTr("%1 is bringing it"), [by]) : SharedTexts.filled(qsTr("%1 is coming"), [by]);
        case "at-the-door":
            return !brings && by !== "" ? SharedTexts.filled(qsTr("%1 is at the door"), [by]) : qsTr("At your door");
        case "done":
            return qsTr("Done");
        case "declined":
            return by !== "" ? SharedTexts.filled(qsTr("%1 is sorry"), [by]) : qsTr("We are sorry");
        case "cancelled":
            return qsTr("Taken back");
        default:
            return "";
        }
    }

    // `whom`: who is asked now, or had it last; `usual`: minutes that such a request usually takes, 0 if not known.
    function detail(state: string, answer: string, minutes: int, waited: int, reached: string, whom: string, usual: int): string {
        if (state === "unsent")
            return qsTr("The shop cannot be reached; it goes out by itself as soon as it can.");
        if (state === "received")
            return waiting(waited, reached, whom, usual);
        if (state === "claimed" && minutes > 0)
            return qsTr("About %n minutes", "", minutes);
        return state === "claimed" || state === "declined" ? reply(answer) : "";
    }

    function promise(minutes: int): string {
        return minutes > 0 ? qsTr("About %n minutes", "", minutes) : "";
    }

    function waiting(waited: int, reached: string, whom: string, usual: int): string {
        if (reached === "nobody")
            return qsTr("None of us is free just now. Your wish stays open, and we go on asking.");
        if (reached === "manager")
            //: %1 is the manager's first name.
            return SharedTexts.filled(qsTr("%1, who runs the shop, is being asked now."), [whom]);
        if (reached === "associate")
            //: %1 is an associate's first name.
            return SharedTexts.filled(qsTr("%1 is being asked now."), [whom]);
        if (whom !== "")
            //: %1 is an associate's first name, who had said yes before.
            return SharedTexts.filled(qsTr("%1 could not come after all; all of us see it again."), [whom]);
        if (waited < 30)
            return qsTr("The team has it and answers by name.");
        return usual > 0 ? qsTr("Nobody has a hand free yet; it usually takes %n minutes.", "", usual) : qsTr("Waiting for %n minutes; you are not forgotten.", "", Math.max(1, Math.floor(waited / 60)));
    }

    // What the shopper can do while none of us comes. `lies`: "floor", "stockroom", or empty for a person.
    function withoutUs(lies: string): string {
        switch (lies) {
        case "floor":
            return qsTr("It hangs out in the shop: you are welcome to come out and take it.");
        case "stockroom":
            return qsTr("It is in our stockroom: at the desk we fetch it for you.");
        default:
            return qsTr("You are welcome to come out to the desk.");
        }
    }

    function reply(answer: string): string {
        switch (answer) {
        case "coming":
            return qsTr("On the way to you");
        case "two-minutes":
            return qsTr("About %n minutes", "", 2);
        case "five-minutes":
            return qsTr("About %n minutes", "", 5);
        case "last-one-sold":
            return qsTr("The last one has just been sold.");
        case "other-colour":
            return qsTr("It is here in another colour.");
        case "please-come-out":
            return qsTr("Come out for a moment, please, and we look together.");
        default:
            return "";
        }
    }
}
