"""One way of writing for what is written in two: traditional Chinese signs, curly apostrophes; for comparing only."""

from __future__ import annotations

_TRADITIONAL = (
    "復還級緊嚴優聯絡連繫係繋關閉發佈測試驗證審準備實現應運維護監觀評調診斷處報開結執廣協議範圍標簽籤籖簡單場資雜碼變設計畫劃"
    "環註記錄總題問類別檢雲訊號電話負責擔當團隊職務門組織網頁鏈條線後續進階層將會時間鐘鈴點預覽貼據庫檔選擇項隱圖為與這個動態"
    "確認識義數無論討說語譯換軌軟體遠傳輸滾學習穩誤訂閱讀寫創築啟啓補損壞擊鎖訪賬帳員業產從來對過長導驟種節製"
)
_SIMPLIFIED = (
    "复还级紧严优联络连系系系关闭发布测试验证审准备实现应运维护监观评调诊断处报开结执广协议范围标签签签简单场资杂码变设计划划"
    "环注记录总题问类别检云讯号电话负责担当团队职务门组织网页链条线后续进阶层将会时间钟铃点预览贴据库档选择项隐图为与这个动态"
    "确认识义数无论讨说语译换轨软体远传输滚学习稳误订阅读写创筑启启补损坏击锁访账帐员业产从来对过长导骤种节制"
)
_MAP = str.maketrans(_TRADITIONAL + "’", _SIMPLIFIED + "'")


def fold(text: str) -> str:
    """The text with simplified signs and straight apostrophes; as long as before."""
    return text if text.isascii() else text.translate(_MAP)
