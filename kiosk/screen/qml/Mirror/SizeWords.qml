pragma Singleton
import QtQuick

// The size advice with its reason and its doubt, and where each size lies. The piece runs small; nobody is too big.
QtObject {
    function head(sizes: list<string>, sure: bool, reason: string): string {
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

    function why(sizes: list<string>, best: string, reason: string, usual: string, kept: int, of: int): string {
        const counted = of > 0 ? shoppers(best !== "" ? best : sizes[0] ?? "", usual, kept, of) : "";
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

    function shoppers(size: string, usual: string, kept: int, of: int): string {
        //: %1 of %2 shoppers whose usual size is %3 kept size %4.
        return usual !== "" && usual !== size ? qsTr("%1 of %2 who usually take %3 kept %4").arg(kept).arg(of).arg(usual).arg(size) : qsTr("%1 of %2 kept their usual size").arg(kept).arg(of);
    }

    function place(place: string, count: int, elsewhere: string): string {
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

    function placeLong(place: string, count: int, elsewhere: string): string {
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
}
