pragma Singleton
import QtQuick
import Mirror

// Texts about the alteration of a garment.
QtObject {
    //: The price of an alteration is not charged now.
    readonly property string paidLater: qsTr("You pay when you fetch it.")

    // `price`: empty for none.
    function promise(language: string, price: string, weekday: int, day: int, month: int): string {
        //: An altered garment can be fetched on %1, a day such as Thursday, 3 Dec. Follows the price.
        const ready = SharedTexts.filled(qsTr("ready on %1"), [DeliveryTexts.dayName(language, weekday, day, month)]);
        return SharedTexts.joined([price !== "" ? price : DeliveryTexts.fee(""), ready]);
    }
}
