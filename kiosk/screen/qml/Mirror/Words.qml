pragma Singleton
import QtQuick

// Words for the scene's choices. Kind always: the piece runs small, nobody is too big.
QtObject {
    readonly property var languageNames: ({
            "en": "English",
            "de": "Deutsch",
            "fr": "Français",
            "es": "Español",
            "it": "Italiano",
            "ja": "日本語",
            "zh": "中文",
            "ar": "العربية"
        })

    function languageName(code: string): string {
        return languageNames[code] ?? code;
    }

    // Short facts in one line. Where the language runs from right to left, each keeps its own direction
    // (Unicode Standard Annex 9: isolates, and a mark that gives the line its direction).
    function listed(facts: list<string>): string {
        const said = facts.filter(one => one !== "");
        return Theme.fromRight ? "\u200f" + said.map(one => "\u2068" + one + "\u2069").join("  ·  ") : said.join("  ·  ");
    }

    function comma(): string {
        //: Between the garments of an order.
        return qsTr(", ");
    }

    function notice(kind: string): string {
        switch (kind) {
        case "store-lost":
            //: The shop's computer cannot be reached.
            return qsTr("Just a mirror for a moment. Help still works.");
        case "radio-lost":
            //: The reader that recognises garments is away.
            return qsTr("New pieces are not recognised just now. What is here stays here.");
        case "too-short":
            return qsTr("That was a little short. Hold it there a moment longer.");
        case "payment-card":
            //: A bank card was held to our own reader, which does not read those.
            return qsTr("That is a bank card; it is only read by the terminal. Nothing was taken from it.");
        case "unreadable":
            return qsTr("It could not be read. Once more, please, and lay it flat.");
        case "unknown":
            return qsTr("We do not know this card yet. Everything works without it.");
        default:
            return "";
        }
    }

    function lookReason(reason: string, about: string, count: int): string {
        switch (reason) {
        case "bought-together":
            //: %1 is a garment of the room.
            return count > 0 ? qsTr("%n have taken it along with the %1", "", count).arg(about) : qsTr("Often taken along with the %1").arg(about);
        case "same-material":
            //: %1 is a material or a garment of that material.
            return qsTr("The same cloth: %1").arg(about);
        case "completes":
            //: %1 is a garment of the room.
            return about !== "" ? qsTr("Completes the %1").arg(about) : qsTr("Completes the look");
        case "stylist":
            //: %1 is a stylist's first name.
            return qsTr("Chosen by %1").arg(about);
        case "new-arrival":
            return qsTr("New this week");
        case "popular":
            return qsTr("Much loved this season");
        case "goes-with":
            //: %1 is a garment of the room.
            return about !== "" ? qsTr("Goes with the %1").arg(about) : qsTr("Goes with your pieces");
        default:
            return "";
        }
    }

    function lookReasonShort(reason: string, about: string): string {
        switch (reason) {
        case "bought-together":
            //: Two pieces that others have often taken together. Short.
            return qsTr("often together");
        case "same-material":
            return qsTr("the same cloth");
        case "completes":
            return qsTr("completes the look");
        case "stylist":
            return qsTr("chosen by %1").arg(about);
        case "new-arrival":
            return qsTr("new this week");
        case "popular":
            return qsTr("much loved");
        case "goes-with":
            return qsTr("goes along");
        default:
            return "";
        }
    }

    function adviceHead(sizes: list<string>, sure: bool, reason: string): string {
        const first = sizes[0] ?? "";
        if (sizes.length > 1)
            //: %1 and %2 are sizes.
            return qsTr("Between %1 and %2").arg(first).arg(sizes[1]);
        if (!sure)
            //: %1 is a size; we are not certain of it.
            return qsTr("Perhaps %1").arg(first);
        switch (reason) {
        case "runs-small":
            //: %1 is a size.
            return qsTr("%1 sits easier here").arg(first);
        case "runs-large":
            return qsTr("%1 sits closer here").arg(first);
        default:
            return qsTr("%1 is your size here").arg(first);
        }
    }

    function adviceWhy(sizes: list<string>, sure: bool, reason: string, usual: string, kept: int, of: int): string {
        const counted = of > 0 ? adviceCount(sizes[0] ?? "", usual, kept, of) : "";
        switch (reason) {
        case "runs-small":
            return of > 0 ? qsTr("This one runs small: %1.").arg(counted) : qsTr("This one runs small.");
        case "runs-large":
            return of > 0 ? qsTr("This one runs large: %1.").arg(counted) : qsTr("This one runs large.");
        case "true-to-size":
            return of > 0 ? qsTr("True to size: %1.").arg(counted) : qsTr("True to size.");
        case "usual-size":
            //: %1 is the size that the shopper usually takes.
            return usual !== "" ? qsTr("You usually take %1, and this one is true to size.").arg(usual) : qsTr("The size you usually take.");
        case "not-sure":
            return sizes.length > 1 ? qsTr("We are not sure yet. Try both; we bring the other one.") : qsTr("We are not sure yet. Trying it on will tell.");
        default:
            return "";
        }
    }

    function adviceCount(size: string, usual: string, kept: int, of: int): string {
        //: %1 of %2 shoppers whose usual size is %3 kept size %4.
        return usual !== "" && usual !== size ? qsTr("%1 of %2 who usually take %3 kept %4").arg(kept).arg(of).arg(usual).arg(size) : qsTr("%1 of %2 kept their usual size").arg(kept).arg(of);
    }

    function sizePlace(place: string, count: int, elsewhere: string): string {
        switch (place) {
        case "in-room":
            return qsTr("with you");
        case "here":
            //: Pieces of one size that hang on the shop floor.
            return qsTr("%n here", "", count);
        case "stockroom":
            //: Pieces of one size in the stockroom.
            return qsTr("%n in the back", "", count);
        case "elsewhere":
            return elsewhere;
        default:
            //: Of a size that is not to be had.
            return qsTr("gone");
        }
    }

    function sizePlaceLong(place: string, count: int, elsewhere: string): string {
        switch (place) {
        case "in-room":
            return qsTr("With you in the room");
        case "here":
            return qsTr("%n on the floor", "", count);
        case "stockroom":
            return qsTr("%n in the stockroom", "", count);
        case "elsewhere":
            //: %1 is another shop's town.
            return qsTr("%n in %1", "", count).arg(elsewhere);
        default:
            return qsTr("Not to be had at the moment");
        }
    }

    function counted(minutes: int): string {
        return minutes < 1 ? qsTr("Counted just now") : minutes < 90 ? qsTr("Counted %n minutes ago", "", minutes) : qsTr("Counted %n hours ago", "", Math.round(minutes / 60));
    }

    function promise(staff: list<string>, minutes: int): string {
        const who = staff[0] ?? "";
        if (who === "")
            return "";
        //: %1 is an associate's first name. %n minutes is how long it usually takes.
        return minutes > 0 ? qsTr("%1 is on the floor, about %n minutes", "", minutes).arg(who) : qsTr("%1 is on the floor").arg(who);
    }

    function asked(kind: string, name: string, size: string): string {
        switch (kind) {
        case "help":
            return qsTr("Someone to help");
        case "alteration":
            return qsTr("An alteration");
        case "drink":
            return qsTr("A drink");
        default:
            //: A garment and the size asked for.
            return size !== "" ? qsTr("%1, %2").arg(name).arg(size) : name;
        }
    }

    function requestHead(state: string, kind: string, by: string, escalated: int): string {
        const comes = kind !== "size" && kind !== "piece";
        switch (state) {
        case "sending":
            return qsTr("Being sent");
        case "unsent":
            return qsTr("Not sent yet");
        case "received":
            return escalated > 0 ? qsTr("Still looking for a hand") : qsTr("Received");
        case "claimed":
            //: %1 is an associate's first name.
            return comes ? qsTr("%1 is coming").arg(by) : qsTr("%1 is bringing it").arg(by);
        case "at-the-door":
            return comes && by !== "" ? qsTr("%1 is at the door").arg(by) : qsTr("At your door");
        case "done":
            return qsTr("Done");
        case "declined":
            return by !== "" ? qsTr("%1 is sorry").arg(by) : qsTr("We are sorry");
        case "cancelled":
            return qsTr("Taken back");
        default:
            return "";
        }
    }

    function requestTail(state: string, answer: string, minutes: int, waited: int, escalated: int): string {
        if (state === "unsent")
            return qsTr("The shop cannot be reached; it goes out by itself as soon as it can.");
        if (state === "received" && escalated > 1)
            return qsTr("The manager has been told as well.");
        if (state === "received" && escalated > 0)
            return qsTr("It has gone to the next one of us.");
        if (state === "received")
            return waited >= 60 ? qsTr("Waiting for %n minutes; you are not forgotten.", "", Math.floor(waited / 60)) : qsTr("The team has it and answers by name.");
        if (state === "claimed" && minutes > 0)
            return qsTr("About %n minutes", "", minutes);
        return state === "claimed" || state === "declined" ? answered(answer) : "";
    }

    function answered(answer: string): string {
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

    function payDeclined(why: string): string {
        switch (why) {
        case "":
            return qsTr("Nothing was charged. Try again, or pay another way.");
        case "timeout":
            return qsTr("No card was held to it, and nothing was charged.");
        case "cancelled":
            return qsTr("Stopped as you wished. Nothing was charged.");
        default:
            return qsTr("The card was not accepted and nothing was charged. Another card, or once more?");
        }
    }
}
