import QtQuick
import QtQuick.Layouts
import Hall

// The media zone at rest: which hall this is, and the time.
Panel {
    id: panel

    required property var view

    raised: true

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Style.space
        spacing: Style.tight

        BothWords {
            Layout.fillWidth: true
            first: panel.view.hall.first
            second: panel.view.hall.second
            size: Style.lead * 1.1
            smaller: 0.62
            secondLines: 1
            secondInk: Style.muted
        }
        BothWords {
            Layout.fillWidth: true
            visible: first.length > 0
            first: panel.view.area.first
            second: panel.view.area.second
            size: Style.lead
            smaller: 0.75
            ink: Style.actionText
            secondInk: Style.muted
            lines: 1
            inRow: true
        }
        Item {
            Layout.fillHeight: true
        }
        Numeral {
            Layout.fillWidth: true
            Layout.preferredHeight: size
            text: panel.view.clock
            size: Style.base * 2.7
        }
        Words {
            Layout.fillWidth: true
            text: panel.view.date.first
            color: Style.muted
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
        }
    }
}
