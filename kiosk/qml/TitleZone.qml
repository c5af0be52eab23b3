import QtQuick
import Hall

// What this page asks, in one sentence, and what to know beforehand. Tall in reach mode.
Item {
    id: zone

    property string title: ""
    property string subtitle: ""
    property bool telling: false
    property bool tall: false
    property bool low: false

    implicitHeight: texts.implicitHeight + Style.space * (low ? 0.7 : 1.4)

    Column {
        id: texts
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Style.gap * 0.5

        FitWords {
            width: parent.width
            text: zone.title
            most: zone.tall && !zone.low ? Style.headline : zone.low && !zone.tall ? Style.lead * 1.15 : Style.title
            least: Style.body * 1.1
            // A short title is not broken before its last word.
            lines: zone.tall && !zone.low && zone.title.length > 12 ? 2 : 1
            strong: true
        }
        Words {
            width: parent.width
            visible: text.length > 0
            text: zone.subtitle
            size: Style.small
            strong: zone.telling
            color: zone.telling ? Style.actionText : Style.muted
        }
    }
}
