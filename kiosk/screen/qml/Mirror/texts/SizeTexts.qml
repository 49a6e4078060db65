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
            return qsTr("%1 it is").arg(advice.tried);
        if (advice.takenUp)
            //: A tailor shortens the garment.
            return qsTr("We take it up for you");
        if (first === "")
            return advice.felt !== "" ? qsTr("We find a way") : qsTr("Your size here is still open");
        if (advice.doubt === "contradiction" && advice.sizes.length > 1)
            //: %1 and %2 are sizes.
            return qsTr("%1 or %2?").arg(first).arg(advice.sizes[1]);
        if (advice.sizes.length > 1)
            //: %1 and %2 are sizes, %3 the one of them to try first.
            return qsTr("Between %1 and %2, take %3").arg(first).arg(advice.sizes[1]).arg(advice.best);
        if (advice.felt !== "")
            //: %1 is a size.
            return qsTr("Take %1").arg(first);
        if (!advice.sure)
            //: %1 is a size; we are not certain of it.
            return qsTr("Perhaps %1").arg(first);
        switch (advice.best === advice.usual ? "" : advice.reason) {
        case "runs-small":
            //: %1 is a size.
            return qsTr("%1 sits easier here").arg(first);
        case "runs-large":
            return qsTr("%1 sits closer here").arg(first);
        default:
            return qsTr("%1 is your size here").arg(first);
        }
    }

    function reason(advice: ViewModels.Advice): string {
        if (advice.felt !== "")
            return afterFitFeedback(advice);
        if (advice.doubt === "contradiction")
            return qsTr("Two hints point to different sizes. Try both; we bring the other one.");
        if (advice.doubt === "few-alike")
            return qsTr("Here we know too little to be sure. Trying it on will tell; we bring the next size at once.");
        const usualIsBest = advice.best !== "" && advice.best === advice.usual;
        const counted = advice.of > 0 ? keptCounts(advice.best, advice.usual, advice.kept, advice.of) : "";
        switch (advice.reason) {
        case "runs-small":
            if (usualIsBest)
                //: %1 is a clause: "41 of 60 kept their usual size", or "M is the likeliest".
                return qsTr("It runs small, yet %1.").arg(counted !== "" ? counted : likeliest(advice.best));
            return counted !== "" ? qsTr("This one runs small: %1.").arg(counted) : qsTr("This one runs small.");
        case "runs-large":
            if (usualIsBest)
                return qsTr("It runs large, yet %1.").arg(counted !== "" ? counted : likeliest(advice.best));
            return counted !== "" ? qsTr("This one runs large: %1.").arg(counted) : qsTr("This one runs large.");
        case "true-to-size":
            return counted !== "" ? qsTr("True to size: %1.").arg(counted) : qsTr("True to size.");
        case "usual-size":
            //: %1 is the size that the shopper usually takes.
            return advice.usual !== "" ? qsTr("You usually take %1, and this one is true to size.").arg(advice.usual) : qsTr("The size you usually take.");
        case "not-sure":
            return doubt(advice);
        default:
            return "";
        }
    }

    function likeliest(size: string): string {
        //: %1 is a size; the end of a sentence.
        return qsTr("%1 is the likeliest").arg(size);
    }

    function doubt(advice: ViewModels.Advice): string {
        if (advice.basis === "survey")
            return qsTr("From height and weight. The chart behind it was measured on other people, so it is a hint.");
        if (advice.sizes.length === 0)
            return qsTr("Nobody has told us yet how this one sits.");
        return advice.sizes.length > 1 ? qsTr("We are not sure yet. Try both; we bring the other one.") : qsTr("We are not sure yet. Trying it on will tell.");
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
            return tight ? qsTr("%1 is the most generous one; our tailor looks at it with you.").arg(advice.tried) : qsTr("%1 is the closest one; our tailor looks at it with you.").arg(advice.tried);
        if (tight)
            //: %1 is a size.
            return advice.reason === "runs-small" ? qsTr("This one runs small.") : qsTr("%1 gives a little more room.").arg(advice.best);
        return advice.reason === "runs-large" ? qsTr("This one runs large.") : qsTr("%1 sits a little closer.").arg(advice.best);
    }

    function keptCounts(size: string, usual: string, kept: int, of: int): string {
        //: %1 of %2 shoppers whose usual size is %3 kept size %4.
        return usual !== "" && usual !== size ? qsTr("%1 of %2 who usually take %3 kept %4").arg(kept).arg(of).arg(usual).arg(size) : qsTr("%1 of %2 kept their usual size").arg(kept).arg(of);
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
            return qsTr("%n in %1", "", count).arg(elsewhere);
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
