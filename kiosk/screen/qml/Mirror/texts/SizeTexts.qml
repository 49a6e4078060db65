pragma Singleton
import QtQuick
import Mirror.ViewModels as ViewModels

// Texts for the size advice, its reason, and where a size can be had. Write that the garment runs small, never that the
// shopper is too large.
QtObject {
    function title(advice: ViewModels.Advice): string {
        const first = advice.sizes[0] ?? "";
        if (advice.felt === "just-right")
            //: %1 is the size that the shopper finds just right.
            return SharedTexts.filled(qsTr("%1 it is"), [advice.tried]);
        if (advice.takenUp)
            //: A tailor shortens the garment.
            return qsTr("We take it up for you");
        if (first === "" && advice.missing !== "")
            //: %1 is the shopper's size, %2 the colour in which the garment is there.
            return advice.otherColour !== "" ? SharedTexts.filled(qsTr("%1, in %2"), [advice.missing, advice.otherColour]) : SharedTexts.filled(qsTr("%1 is gone just now"), [advice.missing]);
        if (first === "")
            return advice.felt !== "" ? qsTr("We find a way") : qsTr("Your size here is still open");
        if (advice.doubt === "contradiction" && advice.sizes.length > 1)
            //: %1 and %2 are sizes.
            return SharedTexts.filled(qsTr("%1 or %2?"), [first, advice.sizes[1]]);
        if (advice.sizes.length > 1)
            //: %1 and %2 are sizes, %3 the one of them to try first.
            return SharedTexts.filled(qsTr("Between %1 and %2, take %3"), [first, advice.sizes[1], advice.best]);
        if (advice.felt !== "")
            //: %1 is a size.
            return SharedTexts.filled(qsTr("Take %1"), [first]);
        if (!advice.sure)
            //: %1 is a size; we are not certain of it.
            return SharedTexts.filled(qsTr("Perhaps %1"), [first]);
        switch (advice.best === advice.usual ? "" : advice.reason) {
        case "runs-small":
            //: %1 is a size.
            return SharedTexts.filled(qsTr("%1 sits easier here"), [first]);
        case "runs-large":
            return SharedTexts.filled(qsTr("%1 sits closer here"), [first]);
        default:
            return SharedTexts.filled(qsTr("%1 is your size here"), [first]);
        }
    }

    // The first choice cannot be had in the colour that is looked at: where it can be had, and what is left.
    function withoutFirstChoice(advice: ViewModels.Advice): string {
        if (advice.otherColour !== "")
            //: %1 is a size that would fit, %2 a colour.
            return SharedTexts.filled(qsTr("%1 is sold out in this colour. In %2 it is here."), [advice.missing, advice.otherColour]);
        //: %1 is a size that would fit.
        return SharedTexts.filled(qsTr("%1 would be your size, and it is sold out. We are glad to look with you."), [advice.missing]);
    }

    function reason(advice: ViewModels.Advice): string {
        if (advice.missing !== "")
            return withoutFirstChoice(advice);
        if (advice.felt !== "")
            return afterFitFeedback(advice);
        if (advice.doubt === "contradiction" && advice.sizes.length > 1)
            return advice.brought ? qsTr("Two hints point to different sizes. Try both; we bring the other one.") : qsTr("Two hints point to different sizes. Trying it on will tell.");
        if (advice.doubt === "few-alike" && advice.brought)
            return qsTr("Here we know too little to be sure. Trying it on will tell; we bring the next size at once.");
        const usualIsBest = advice.best !== "" && advice.best === advice.usual;
        const counted = advice.of > 0 ? keptCounts(advice.best, advice.usual, advice.kept, advice.of) : "";
        switch (advice.doubt !== "none" ? "not-sure" : advice.reason) {
        case "runs-small":
            if (usualIsBest)
                //: %1 is a clause: "41 of 60 kept their usual size", or "M is the likeliest".
                return SharedTexts.filled(qsTr("It runs small, yet %1."), [counted !== "" ? counted : likeliest(advice.best)]);
            return counted !== "" ? SharedTexts.filled(qsTr("This one runs small: %1."), [counted]) : qsTr("This one runs small.");
        case "runs-large":
            if (usualIsBest)
                return SharedTexts.filled(qsTr("It runs large, yet %1."), [counted !== "" ? counted : likeliest(advice.best)]);
            return counted !== "" ? SharedTexts.filled(qsTr("This one runs large: %1."), [counted]) : qsTr("This one runs large.");
        case "true-to-size":
            return counted !== "" ? SharedTexts.filled(qsTr("True to size: %1."), [counted]) : qsTr("True to size.");
        case "usual-size":
            //: %1 is the size that the shopper usually takes.
            return advice.usual !== "" ? SharedTexts.filled(qsTr("You usually take %1, and this one is true to size."), [advice.usual]) : qsTr("The size you usually take.");
        case "not-sure":
            return doubt(advice);
        default:
            return "";
        }
    }

    function likeliest(size: string): string {
        //: %1 is a size; the end of a sentence.
        return SharedTexts.filled(qsTr("%1 is the likeliest"), [size]);
    }

    function doubt(advice: ViewModels.Advice): string {
        if (advice.basis === "survey")
            return qsTr("From height and weight. The chart behind it was measured on other people, so it is a hint.");
        if (advice.sizes.length === 0)
            return qsTr("Nobody has told us yet how this one sits.");
        return advice.sizes.length > 1 && advice.brought ? qsTr("We are not sure yet. Try both; we bring the other one.") : qsTr("We are not sure yet. Trying it on will tell.");
    }

    // The reason for the advice after the shopper has rated the fit.
    function afterFitFeedback(advice: ViewModels.Advice): string {
        const tight = advice.felt === "a-little-tight";
        if (advice.felt === "just-right")
            return qsTr("Good to know. It stays as it is.");
        if (advice.takenUp)
            return qsTr("The size is right; a tailor pins it here, on you.");
        if (advice.sizes.length === 0)
            //: %1 is the last size of the garment, at either end.
            return tight ? SharedTexts.filled(qsTr("%1 is the most generous one; our tailor looks at it with you."), [advice.tried]) : SharedTexts.filled(qsTr("%1 is the closest one; our tailor looks at it with you."), [advice.tried]);
        if (tight)
            //: %1 is a size.
            return advice.reason === "runs-small" ? qsTr("This one runs small.") : SharedTexts.filled(qsTr("%1 gives a little more room."), [advice.best]);
        return advice.reason === "runs-large" ? qsTr("This one runs large.") : SharedTexts.filled(qsTr("%1 sits a little closer."), [advice.best]);
    }

    function keptCounts(size: string, usual: string, kept: int, of: int): string {
        //: %1 of %2 shoppers whose usual size is %3 kept size %4.
        return usual !== "" && usual !== size ? SharedTexts.filled(qsTr("%1 of %2 who usually take %3 kept %4"), [kept, of, usual, size]) : SharedTexts.filled(qsTr("%1 of %2 kept their usual size"), [kept, of]);
    }

    function location(place: string, count: int, elsewhere: string): string {
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
        case "expected":
            //: Of a size that is on its way to this shop. Short.
            return qsTr("expected");
        default:
            //: Of a size that is not to be had.
            return qsTr("gone");
        }
    }

    function locationLong(place: string, count: int, elsewhere: string): string {
        switch (place) {
        case "in-room":
            return qsTr("With you in the room");
        case "here":
            return qsTr("%n on the floor", "", count);
        case "stockroom":
            return qsTr("%n in the stockroom", "", count);
        case "elsewhere":
            //: %1 is another shop's town.
            return SharedTexts.filled(qsTr("%n in %1", "", count), [elsewhere]);
        case "expected":
            //: Pieces of one size that are being delivered to this shop.
            return qsTr("%n on the way to us", "", count);
        default:
            return qsTr("Not to be had at the moment");
        }
    }

    // The age of the stock count; empty where it is not known.
    function stockAge(minutes: int): string {
        if (minutes < 0)
            return "";
        if (minutes < 1)
            return qsTr("Counted just now");
        if (minutes < 90)
            return qsTr("Counted %n minutes ago", "", minutes);
        const hours = Math.round(minutes / 60);
        return hours < 48 ? qsTr("Counted %n hours ago", "", hours) : qsTr("Counted %n days ago", "", Math.round(hours / 24));
    }
}
