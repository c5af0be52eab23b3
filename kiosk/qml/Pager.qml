import QtQuick
import QtQuick.Layouts
import Hall

// Forth and back between pages of tiles.
RowLayout {
    id: pager

    required property TilePages pages

    spacing: Style.gap

    BigButton {
        objectName: "previous"
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        size: pager.width < Style.body * 17 ? Style.small : Style.body
        text: qsTr("上一页")
        enabled: pager.pages.here > 0
        onTaken: pager.pages.number = pager.pages.here - 1
    }
    Words {
        text: (pager.pages.here + 1) + " / " + (pager.pages.last + 1)
        size: pager.width < Style.body * 17 ? Style.small : Style.body
        strong: true
        wrapMode: Text.NoWrap
        font.features: Style.tabular
        horizontalAlignment: Text.AlignHCenter
    }
    BigButton {
        objectName: "next"
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        size: pager.width < Style.body * 17 ? Style.small : Style.body
        text: qsTr("下一页")
        enabled: pager.pages.here < pager.pages.last
        onTaken: pager.pages.number = pager.pages.here + 1
    }
}
